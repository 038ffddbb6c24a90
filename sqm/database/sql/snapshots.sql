-- name: actions
select distinct action from trail where sequence > $sequence order by action

-- name: recovered
-- What the recovery said, the newest first.
select sequence, happened_at, detail from trail where action = 'recovered' order by sequence desc

-- name: first_since
-- When the first change happened that no snapshot shows.
select min(happened_at) as happened_at from trail where sequence > $sequence
