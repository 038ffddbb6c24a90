-- name: since
select sequence, happened_at, who, action, object, detail, coalesce(digest, '') as digest
from trail
where sequence > $sequence
order by sequence

-- name: undone
-- Batches of which the trail says that they were undone.
select distinct object from trail where action = 'undo' order by object
