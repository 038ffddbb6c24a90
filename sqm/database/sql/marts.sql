-- name: create_response_sums
create or replace temp table response_sums (
    survey_code varchar, method_code varchar, operator_code varchar, channel_code varchar, month date,
    district_code varchar, store_code varchar, brand_code varchar, item_code varchar,
    scale_min decimal(7, 2), scale_max decimal(7, 2),
    n bigint, w decimal(38, 4), ww decimal(38, 8), wx decimal(38, 6), wxx decimal(38, 8), ws decimal(38, 4)
)

-- name: drop_moved_sums
delete from response_sums where n < 0

-- name: positions
-- How many answers a row of this batch, or of the rows that it moved aside, can hold.
select coalesce(max(position), 0) as positions
from questions
where batch_id = $batch_id or batch_id in (select batch_id from replaced_responses where replaced_by = $batch_id)

-- name: wide_sums
-- What one batch changes in the monthly sums of answers, at the finest grain: its own rows count plus one, the rows
-- that it moved aside count minus one. $direction is 1 to add the batch and -1 to take it away.
-- One pass over the rows (stored_rows or staged_rows), with the text of position_sums for each place in their scores.
create or replace temp table wide_sums as
with moved as (
    {rows}
),
scales as (
    select batch_id,
        list(scale_min + $satisfied_from::decimal(5, 4) * (scale_max - scale_min) order by position) as satisfied_from
    from questions
    group by batch_id
)
select m.batch_id, m.survey_code, m.method_code, m.operator_code, m.channel_code, m.month, m.district_code,
    m.store_code, m.brand_code, m.direction,
    {sums}
from moved as m
join scales as s on s.batch_id = m.batch_id
group by m.batch_id, m.survey_code, m.method_code, m.operator_code, m.channel_code, m.month, m.district_code,
    m.store_code, m.brand_code, m.direction

-- name: stored_rows
select batch_id, survey_code, method_code, operator_code, channel_code, month, district_code, store_code,
    brand_code, weight, scores, $direction::integer as direction
from responses
where batch_id = $batch_id
union all
select batch_id, survey_code, method_code, operator_code, channel_code, month, district_code, store_code,
    brand_code, weight, scores, -$direction::integer as direction
from replaced_responses
where replaced_by = $batch_id

-- name: staged_rows
-- The same rows before they are stored, when all of them will be: several threads read them at twice the speed.
select $batch_id as batch_id, $survey_code as survey_code, $method_code as method_code, operator_code, channel_code,
    month, district_code, store_code, brand_code, weight, scores, $direction::integer as direction
from staged

-- name: position_sums
count(m.scores[{place}]) as n_{place},
sum(m.weight) filter (where m.scores[{place}] is not null) as w_{place},
sum(m.weight * m.weight) filter (where m.scores[{place}] is not null) as ww_{place},
sum(m.weight * m.scores[{place}]) as wx_{place},
sum(m.weight * m.scores[{place}] * m.scores[{place}]) as wxx_{place},
sum(m.weight) filter (where m.scores[{place}] >= s.satisfied_from[{place}]) as ws_{place}

-- name: unfold_position
-- One place of the wide sums as rows of response_sums; the places of a pass are put together with "union all".
select s.survey_code, s.method_code, s.operator_code, s.channel_code, s.month, s.district_code, s.store_code,
    s.brand_code, q.item_code, q.scale_min, q.scale_max,
    s.n_{place} * s.direction, s.w_{place} * s.direction, s.ww_{place} * s.direction, s.wx_{place} * s.direction,
    s.wxx_{place} * s.direction, coalesce(s.ws_{place}, 0) * s.direction
from wide_sums as s
join questions as q on q.batch_id = s.batch_id and q.position = {place}
where s.n_{place} > 0

-- name: store_month_sums
-- What the sums of answers bring to a mart: merged into what is there, or, into an empty mart, simply inserted.
select survey_code, method_code, operator_code, channel_code, month, district_code, store_code, item_code,
    scale_min, scale_max, sum(n) as n, sum(w) as w, sum(ww) as ww, sum(wx) as wx, sum(wxx) as wxx, sum(ws) as ws
from response_sums
where store_code <> ''
group by survey_code, method_code, operator_code, channel_code, month, district_code, store_code, item_code,
    scale_min, scale_max

-- name: merge_store_month
merge into mart_store_month as mart
using ({delta}) as delta
on mart.survey_code = delta.survey_code and mart.method_code = delta.method_code
    and mart.operator_code = delta.operator_code and mart.channel_code = delta.channel_code
    and mart.month = delta.month and mart.district_code = delta.district_code and mart.store_code = delta.store_code
    and mart.item_code = delta.item_code and mart.scale_min = delta.scale_min and mart.scale_max = delta.scale_max
when matched then update set
    n = mart.n + delta.n, w = mart.w + delta.w, ww = mart.ww + delta.ww,
    wx = mart.wx + delta.wx, wxx = mart.wxx + delta.wxx, ws = mart.ws + delta.ws
when not matched then insert
    (survey_code, method_code, operator_code, channel_code, month, district_code, store_code, item_code,
        scale_min, scale_max, n, w, ww, wx, wxx, ws)
    values (delta.survey_code, delta.method_code, delta.operator_code, delta.channel_code, delta.month,
        delta.district_code, delta.store_code, delta.item_code, delta.scale_min, delta.scale_max,
        delta.n, delta.w, delta.ww, delta.wx, delta.wxx, delta.ws)

-- name: segment_month_sums
select survey_code, method_code, operator_code, channel_code, month, district_code, brand_code, item_code,
    scale_min, scale_max, sum(n) as n, sum(w) as w, sum(ww) as ww, sum(wx) as wx, sum(wxx) as wxx, sum(ws) as ws
from response_sums
group by survey_code, method_code, operator_code, channel_code, month, district_code, brand_code, item_code,
    scale_min, scale_max

-- name: merge_segment_month
merge into mart_segment_month as mart
using ({delta}) as delta
on mart.survey_code = delta.survey_code and mart.method_code = delta.method_code
    and mart.operator_code = delta.operator_code and mart.channel_code = delta.channel_code
    and mart.month = delta.month and mart.district_code = delta.district_code and mart.brand_code = delta.brand_code
    and mart.item_code = delta.item_code and mart.scale_min = delta.scale_min and mart.scale_max = delta.scale_max
when matched then update set
    n = mart.n + delta.n, w = mart.w + delta.w, ww = mart.ww + delta.ww,
    wx = mart.wx + delta.wx, wxx = mart.wxx + delta.wxx, ws = mart.ws + delta.ws
when not matched then insert
    (survey_code, method_code, operator_code, channel_code, month, district_code, brand_code, item_code,
        scale_min, scale_max, n, w, ww, wx, wxx, ws)
    values (delta.survey_code, delta.method_code, delta.operator_code, delta.channel_code, delta.month,
        delta.district_code, delta.brand_code, delta.item_code, delta.scale_min, delta.scale_max,
        delta.n, delta.w, delta.ww, delta.wx, delta.wxx, delta.ws)

-- name: drop_empty_sums
delete from mart_store_month where n = 0;
delete from mart_segment_month where n = 0

-- name: touched_by_batch
-- Which indicators and months a batch moves: those that its survey's items measure, and those it brings values of.
with measured as (
    select distinct i.indicator_code, r.month
    from response_sums as r
    join indicators as i on i.survey_code = r.survey_code and i.item_code = r.item_code
),
reported as (
    select indicator_code, month from indicator_values where batch_id = $batch_id
    union
    select indicator_code, month from replaced_values where replaced_by = $batch_id
),
final as (
    select indicator_code, month from measured
    union
    select indicator_code, month from reported
)
select indicator_code, month from final order by indicator_code, month

-- name: touch_everything
insert into touched
select distinct i.indicator_code, m.month
from mart_segment_month as m
join indicators as i on i.survey_code = m.survey_code and i.item_code = m.item_code
union
select distinct indicator_code, month from indicator_values

-- name: create_touched
create or replace temp table touched (indicator_code varchar not null, month date not null)

-- name: forget_touched
delete from mart_indicator_month
using touched
where mart_indicator_month.indicator_code = touched.indicator_code and mart_indicator_month.month = touched.month

-- name: insert_measured
-- Indicators that a survey item measures: satisfied weight over weight, on every level; and, where every answer names
-- its store, what the design effect of the stores needs.
insert into mart_indicator_month
with linked as (
    select i.indicator_code, t.month, i.survey_code, i.item_code
    from touched as t
    join indicators as i on i.indicator_code = t.indicator_code
    where i.item_code <> ''
),
segments as (
    select l.indicator_code, s.month, s.operator_code, s.district_code, s.n, s.w, s.ww, s.ws
    from mart_segment_month as s
    join linked as l on l.survey_code = s.survey_code and l.item_code = s.item_code and l.month = s.month
),
by_store as (
    select l.indicator_code, s.month, s.district_code, s.store_code,
        sum(s.n) as n, sum(s.w) as w, sum(s.ww) as ww, sum(s.ws) as ws, count(*) as parts
    from mart_store_month as s
    join linked as l on l.survey_code = s.survey_code and l.item_code = s.item_code and l.month = s.month
    where s.operator_code = 'own'
    group by l.indicator_code, s.month, s.district_code, s.store_code
),
whole_stores as (
    select indicator_code, month, sum(n) as n, sum(w) as w, sum(ws) as ws
    from by_store
    group by indicator_code, month, store_code
),
spread as (
    select indicator_code, month, 'company' as level, '' as scope_code, sum(n) as n, count(*) as stores,
        sum(w * w) as store_ww, sum(w * ws) as store_ws, sum(ws * ws) as store_ss
    from whole_stores
    group by indicator_code, month
    union all
    select indicator_code, month, 'district' as level, district_code as scope_code, sum(n) as n, count(*) as stores,
        sum(w * w) as store_ww, sum(w * ws) as store_ws, sum(ws * ws) as store_ss
    from by_store
    group by indicator_code, month, district_code
),
final as (
    select indicator_code, month, 'company' as level, '' as scope_code, '' as district_code,
        sum(ws) as numerator, sum(w) as denominator, sum(n) as n, sum(ww) as weight_squares, count(*) as parts
    from segments
    where operator_code = 'own'
    group by indicator_code, month
    union all
    select indicator_code, month, 'operator' as level, operator_code as scope_code, '' as district_code,
        sum(ws) as numerator, sum(w) as denominator, sum(n) as n, sum(ww) as weight_squares, count(*) as parts
    from segments
    where operator_code <> 'own'
    group by indicator_code, month, operator_code
    union all
    select indicator_code, month, 'district' as level, district_code as scope_code, district_code,
        sum(ws) as numerator, sum(w) as denominator, sum(n) as n, sum(ww) as weight_squares, count(*) as parts
    from segments
    where operator_code = 'own' and district_code <> ''
    group by indicator_code, month, district_code
    union all
    select indicator_code, month, 'store' as level, store_code as scope_code, district_code,
        ws as numerator, w as denominator, n, ww as weight_squares, parts
    from by_store
)
select f.indicator_code, f.month, f.level, f.scope_code, f.district_code, f.numerator, f.denominator, f.n,
    f.weight_squares, f.parts, s.stores, s.store_ww, s.store_ws, s.store_ss
from final as f
left join spread as s
    on s.indicator_code = f.indicator_code and s.month = f.month and s.level = f.level
        and s.scope_code = f.scope_code and s.n = f.n

-- name: insert_reported
-- Indicators that come as values: each level is what was reported on it, else the sum of the level below.
insert into mart_indicator_month
with reported as (
    select v.indicator_code, v.month, v.level, v.scope_code, v.district_code,
        sum(v.numerator) as numerator, sum(v.denominator) as denominator, sum(v.n) as n, count(*) as parts
    from indicator_values as v
    join touched as t on t.indicator_code = v.indicator_code and t.month = v.month
    where v.indicator_code not in (select indicator_code from indicators where item_code <> '')
    group by v.indicator_code, v.month, v.level, v.scope_code, v.district_code
),
districts_from_stores as (
    select r.indicator_code, r.month, 'district' as level, r.district_code as scope_code, r.district_code,
        sum(r.numerator) as numerator, sum(r.denominator) as denominator, sum(r.n) as n, count(*) as parts
    from reported as r
    where r.level = 'store' and r.district_code <> ''
        and not exists (
            select 1 from reported as d
            where d.level = 'district' and d.scope_code = r.district_code
                and d.indicator_code = r.indicator_code and d.month = r.month
        )
    group by r.indicator_code, r.month, r.district_code
),
by_district as (
    select * from reported where level = 'district'
    union all
    select * from districts_from_stores
),
company_from_districts as (
    select d.indicator_code, d.month, 'company' as level, '' as scope_code, '' as district_code,
        sum(d.numerator) as numerator, sum(d.denominator) as denominator, sum(d.n) as n, count(*) as parts
    from by_district as d
    where not exists (
        select 1 from reported as c
        where c.level = 'company' and c.indicator_code = d.indicator_code and c.month = d.month
    )
    group by d.indicator_code, d.month
),
final as (
    select * from reported where level <> 'district'
    union all
    select * from by_district
    union all
    select * from company_from_districts
)
select indicator_code, month, level, scope_code, district_code, numerator, denominator, n,
    null as weight_squares, parts, null as stores, null as store_ww, null as store_ws, null as store_ss
from final

-- name: empty_marts
delete from mart_store_month;
delete from mart_segment_month;
delete from mart_indicator_month

-- name: batches_with_responses
select batch_id, count(*) as responses from responses group by batch_id order by batch_id

-- name: rows_of_batches
-- Rows that a batch moved aside count minus one.
select batch_id, survey_code, method_code, operator_code, channel_code, month, district_code, store_code,
    brand_code, weight, scores, 1 as direction
from responses
where batch_id in (select unnest($batches::varchar[]))
union all
select batch_id, survey_code, method_code, operator_code, channel_code, month, district_code, store_code,
    brand_code, weight, scores, -1 as direction
from replaced_responses
where replaced_by in (select unnest($batches::varchar[]))

-- name: erased_rows
-- Rows that were moved aside are in no sum.
select r.batch_id, r.survey_code, r.method_code, r.operator_code, r.channel_code, r.month, r.district_code,
    r.store_code, r.brand_code, r.weight, r.scores, -1 as direction
from responses as r
join erased_now as e on e.batch_id = r.batch_id and e.source_row = r.source_row

-- name: narrow_sums
-- The same sums as wide_sums and unfold_position for the rows of many small batches at once, or for single rows: the
-- lists are unfolded row by row, which costs nothing for each question.
insert into response_sums
with moved as (
    {rows}
),
answers as (
    select m.* exclude (scores), unnest(m.scores) as score, generate_subscripts(m.scores, 1) as position
    from moved as m
)
select a.survey_code, a.method_code, a.operator_code, a.channel_code, a.month, a.district_code, a.store_code,
    a.brand_code, q.item_code, q.scale_min, q.scale_max,
    count(*) * a.direction,
    sum(a.weight) * a.direction,
    sum(a.weight * a.weight) * a.direction,
    sum(a.weight * a.score) * a.direction,
    sum(a.weight * a.score * a.score) * a.direction,
    coalesce(sum(a.weight) filter (
        where a.score >= q.scale_min + $satisfied_from::decimal(5, 4) * (q.scale_max - q.scale_min)
    ), 0) * a.direction
from answers as a
join questions as q on q.batch_id = a.batch_id and q.position = a.position
where a.score is not null
group by a.survey_code, a.method_code, a.operator_code, a.channel_code, a.month, a.district_code, a.store_code,
    a.brand_code, q.item_code, q.scale_min, q.scale_max, a.direction
