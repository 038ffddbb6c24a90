-- name: add
insert into trail (sequence, happened_at, who, action, object, detail, digest)
values ($sequence, $happened_at, $who, $action, $object, $detail, $digest)

-- name: last
select sequence, coalesce(digest, '') as digest from trail order by sequence desc limit 1

-- name: last_batch
-- Who stored or undid a file last.
select who, happened_at from trail where action in ('commit', 'undo') order by sequence desc limit 1

-- name: last_change
-- Entries of people who only looked change nothing that a page shows.
select coalesce(max(sequence), 0) as sequence
from trail
where action not in ('login', 'logout', 'denied', 'export', 'reveal')

-- name: last_score_change
-- Opening an action, raising an appeal and talking move no score of any store either.
select coalesce(max(sequence), 0) as sequence
from trail
where action not in ('login', 'logout', 'denied', 'export', 'reveal', 'action_opened', 'action_moved', 'appeal_raised',
    'means_chosen', 'commented', 'event_added')

-- name: entries
select sequence, happened_at, who, action, object, detail
from trail
order by sequence desc
limit $limit

-- name: whole
select sequence, happened_at, who, action, object, detail, coalesce(digest, '') as digest
from trail
order by sequence
