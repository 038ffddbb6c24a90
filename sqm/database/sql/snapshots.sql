-- name: actions
select distinct action from trail where sequence > $sequence

-- name: recovered
-- What the recovery said, the newest first.
select sequence, happened_at, detail from trail where action = 'recovered' order by sequence desc
