-- name: catalogue
-- Every indicator with the names of its process, dimension and owner, in the order of the matrix.
select i.indicator_code, i.position, i.process_code, i.dimension_code, i.name_en, i.name_zh, i.definition_en,
    i.definition_zh, i.unit, i.decimals, i.direction, i.kind, i.per, i.numerator_en, i.numerator_zh, i.denominator_en,
    i.denominator_zh, i.department_code, d.name_en as department_en, d.name_zh as department_zh, i.source_system,
    i.appraised, i.control_stage, i.valid_from, i.valid_to, i.survey_code, i.item_code
from indicators as i
left join departments as d on d.department_code = i.department_code
order by i.position, i.indicator_code

-- name: sums
-- Monthly sums on one level and scope. Company and rivals are open to everybody, districts and stores by scope.
-- The place is not repeated in every row: text costs most of what a frame costs.
select indicator_code, month, numerator, denominator, n, weight_squares, parts,
    stores, store_ww, store_ws, store_ss
from mart_indicator_month
where level = $level and scope_code = $scope_code and month >= $first and month <= $last
    and (level in ('company', 'operator')
        or ($all_districts::boolean or district_code in (select unnest($districts::varchar[])))
            and (level <> 'store' or $all_stores::boolean or scope_code in (select unnest($stores::varchar[]))))
order by indicator_code, month

-- name: all_scopes
-- One indicator in one month on every place of a level.
select indicator_code, month, level, scope_code, district_code, numerator, denominator, n, weight_squares, parts,
    stores, store_ww, store_ws, store_ss
from mart_indicator_month
where indicator_code = $indicator_code and month = $month and level = $level
    and (level in ('company', 'operator')
        or ($all_districts::boolean or district_code in (select unnest($districts::varchar[])))
            and (level <> 'store' or $all_stores::boolean or scope_code in (select unnest($stores::varchar[]))))
order by scope_code

-- name: families
-- The parts of a whole in which somebody is too few, of what survey answers measure: districts of the company, stores of
-- a district. Those who are in no part are the rest, with the code $rest. An empty code or place: all.
with parts as (
    select indicator_code, month, case when level = 'store' then district_code else '' end as parent, scope_code, n
    from mart_indicator_month
    where level = $level and weight_squares is not null and month >= $first and month <= $last
        and ($indicator_code = '' or indicator_code = $indicator_code)
        and ($level = 'district' or $scope_code = '' or district_code in (
            select district_code from mart_indicator_month where level = 'store' and scope_code = $scope_code
        ))
),
wholes as (
    select p.indicator_code, p.month, p.parent, max(w.n) - sum(p.n) as n_rest, min(p.n) as n_least
    from parts as p
    join mart_indicator_month as w on w.indicator_code = p.indicator_code and w.month = p.month
        and w.level = case when $level = 'store' then 'district' else 'company' end and w.scope_code = p.parent
    group by p.indicator_code, p.month, p.parent, w.n
),
small as (
    select indicator_code, month, parent, n_rest from wholes
    where n_least < $least or n_rest > 0 and n_rest < $least
),
final as (
    select p.indicator_code, p.month, p.parent, p.scope_code, p.n
    from parts as p
    join small as s on s.indicator_code = p.indicator_code and s.month = p.month and s.parent = p.parent
    union all
    select indicator_code, month, parent, $rest as scope_code, n_rest as n from small where n_rest > 0
)
select indicator_code, month, parent, scope_code, n from final order by indicator_code, month, parent, scope_code

-- name: history
-- One indicator through all months on one level and scope.
select indicator_code, month, level, scope_code, district_code, numerator, denominator, n, weight_squares, parts,
    stores, store_ww, store_ws, store_ss
from mart_indicator_month
where indicator_code = $indicator_code and level = $level and scope_code = $scope_code
    and (level in ('company', 'operator')
        or ($all_districts::boolean or district_code in (select unnest($districts::varchar[])))
            and (level <> 'store' or $all_stores::boolean or scope_code in (select unnest($stores::varchar[]))))
order by month

-- name: sources
-- The batches and rows of the files that a month's number came from. file_name is '' for demonstration data.
with chosen as (
    select indicator_code, survey_code, item_code from indicators where indicator_code = $indicator_code
    union all
    select $indicator_code, '', '' where $indicator_code not in (select indicator_code from indicators)
),
answers as (
    select r.batch_id, r.source_row
    from responses as r
    join questions as q on q.batch_id = r.batch_id
    join chosen as c on c.survey_code = r.survey_code and c.item_code = q.item_code
    where r.month = $month and r.scores[q.position] is not null
        and case $level when 'operator' then r.operator_code = $scope_code else r.operator_code = 'own' end
        and ($level in ('company', 'operator')
            or $level = 'district' and r.district_code = $scope_code
            or $level = 'store' and r.store_code = $scope_code)
        and ($all_districts::boolean or r.district_code in (select unnest($districts::varchar[])))
        and ($all_stores::boolean or r.store_code in (select unnest($stores::varchar[])))
),
reported as (
    select v.batch_id, v.source_row
    from indicator_values as v
    join chosen as c on c.indicator_code = v.indicator_code and c.item_code = ''
    where v.month = $month
        and ($level = 'company' and v.level <> 'operator'
            or v.level = $level and v.scope_code = $scope_code
            or $level = 'district' and v.district_code = $scope_code)
        and ($all_districts::boolean or v.district_code in (select unnest($districts::varchar[])))
        and ($all_stores::boolean or v.level <> 'store' or v.scope_code in (select unnest($stores::varchar[])))
),
summed as (
    select batch_id, count(*) as rows_used, min(source_row) as first_row, max(source_row) as last_row,
        list_slice(list_sort(list(distinct source_row)), 1, 20) as first_rows
    from (select * from answers union all select * from reported)
    group by batch_id
),
final as (
    select s.batch_id, coalesce(b.file_name, '') as file_name, b.committed_at, b.committed_by, s.rows_used,
        s.first_row, s.last_row, s.first_rows
    from summed as s
    left join batches as b on b.batch_id = s.batch_id
)
select batch_id, file_name, committed_at, committed_by, rows_used, first_row, last_row, first_rows
from final
order by committed_at nulls first, batch_id

-- name: unlisted
-- Indicators that uploaded files bring and the catalogue does not name.
select indicator_code, level, min(month) as first_month, max(month) as last_month, count(*) as points
from mart_indicator_month
where indicator_code not in (select indicator_code from indicators) and level in ('company', 'operator')
group by indicator_code, level
order by indicator_code, level

-- name: beside
-- Values that files brought of us and of another operator for the same months; what a survey measures is left out.
with uploaded as (
    select indicator_code, month, level, scope_code, numerator, denominator, n
    from mart_indicator_month
    where level in ('company', 'operator') and month <= $last
        and indicator_code not in (select indicator_code from indicators where item_code <> '')
),
ours as (
    select distinct indicator_code, month from uploaded where level = 'company'
),
shared as (
    select distinct u.indicator_code
    from uploaded as u
    join ours as o on o.indicator_code = u.indicator_code and o.month = u.month
    where u.level = 'operator'
)
select u.indicator_code, u.month, u.scope_code, u.numerator, u.denominator, u.n
from uploaded as u
join shared as s on s.indicator_code = u.indicator_code
order by u.indicator_code, u.month, u.level, u.scope_code

-- name: any
select exists (select 1 from indicators)

-- name: reported
-- Which districts owe values: indicators that a district or its stores reported between $first and the month before,
-- and how many of them it has reported in the month. Indicators that a survey measures are not reported by anybody.
with sent as (
    select indicator_code, month, district_code
    from mart_indicator_month
    where level = 'district' and weight_squares is null and month >= $first and month <= $month
        and indicator_code not in (select indicator_code from indicators where item_code <> '')
        and ($all_districts::boolean or district_code in (select unnest($districts::varchar[])))
),
expected as (
    select distinct district_code, indicator_code from sent where month < $month
),
final as (
    select e.district_code, count(s.indicator_code) as present, count(*) as expected
    from expected as e
    left join sent as s
        on s.district_code = e.district_code and s.indicator_code = e.indicator_code and s.month = $month
    group by e.district_code
)
select district_code, present, expected
from final
where present < expected
order by present - expected, district_code
