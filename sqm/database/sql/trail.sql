-- name: add
insert into trail (sequence, happened_at, who, action, object, detail)
select coalesce(max(sequence), 0) + 1, $happened_at, $who, $action, $object, $detail
from trail

-- name: last_sequence
select coalesce(max(sequence), 0) as sequence from trail

-- name: entries
select sequence, happened_at, who, action, object, detail
from trail
order by sequence desc
limit $limit
