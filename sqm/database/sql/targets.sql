-- name: all
-- The targets that count. One row stands for an indicator, scope and month: what both sides signed at the target desk,
-- else the row of the newest upload, else that of the catalogue. Nothing is moved aside, so taking an upload back or
-- loading another catalogue needs no repair.
select t.indicator_code, t.scope_level, t.scope_code, t.valid_from, t.low, t.high, t.tolerance, t.agreed_by, t.reason
from targets as t
left join batches as b on b.batch_id = t.batch_id
qualify row_number() over (
    partition by t.indicator_code, t.scope_level, t.scope_code, t.valid_from
    order by t.batch_id <> '' and b.batch_id is null desc, b.sequence desc nulls last
) = 1
order by t.indicator_code, t.scope_level, t.scope_code, t.valid_from

-- name: of_batch
select source.indicator_code, source.scope_level, source.scope_code, source.valid_from, source.low, source.high,
    source.tolerance
from targets as source
where source.batch_id = $batch_id
order by source.indicator_code, source.scope_level, source.scope_code, source.valid_from

-- name: signed
-- Targets that both sides signed: their batch is a decision.
select distinct indicator_code, scope_level, scope_code, valid_from
from targets
where batch_id <> '' and batch_id not in (select batch_id from batches)
order by indicator_code, scope_level, scope_code, valid_from

-- name: judged
select exists (select 1 from mart_indicator_month) as judged, (select max(month) from mart_indicator_month) as newest,
    (select max(month) from sealed_months) as sealed

-- name: months_of_batch
select min(valid_from) as first_month from targets where batch_id = $batch_id

-- name: district_of
select district_code from stores where store_code = $store_code order by valid_from desc limit 1
