-- name: last
select looked_at, month, statuses from looks where who = $who order by looked_at desc limit 1

-- name: forget
delete from looks where who = $who

-- name: add
insert into looks (who, looked_at, month, statuses) values ($who, $looked_at, $month, $statuses)
