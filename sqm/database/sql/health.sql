-- name: probe
-- Tables that every installation has rows in, and the register of batches.
select (select count(*) from migrations) + (select count(*) from indicators) as rows,
    (select coalesce(max(sequence), 0) from trail) as sequence,
    (select count(*) from batches) as batches
