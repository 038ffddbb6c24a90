-- name: sums
-- The company's and every district's monthly sums; the limits of a viewer's scope as in indicators.
select indicator_code, month, level, scope_code, numerator, denominator, n, weight_squares, parts,
    stores, store_ww, store_ws, store_ss
from mart_indicator_month
where month >= $first and month <= $last
    and (level = 'company'
        or level = 'district'
            and ($all_districts::boolean or district_code in (select unnest($districts::varchar[]))))
order by month, level, scope_code, indicator_code

-- name: months
select month, revision, sealed_at, sealed_by, note from sealed_months order by month, revision

-- name: last_revision
select coalesce(max(revision), -1) as revision from sealed_months where month = $month

-- name: add_months
insert into sealed_months (month, revision, sealed_at, sealed_by, note)
select month, revision, sealed_at, sealed_by, note from staged_seals

-- name: add_figures
insert into sealed_figures select * from staged_figures

-- name: no_figures
-- For its columns and their types.
select * from sealed_figures order by month limit 0

-- name: district_codes
select district_code from districts order by position, district_code

-- name: published
-- What a revision said of a month, on the places that a viewer may see.
select level, scope_code, indicator_code, value, status
from sealed_figures
where month = $month and revision = $revision
    and (level = 'company' or $all_districts::boolean or scope_code in (select unnest($districts::varchar[])))
order by level, scope_code, indicator_code

-- name: figures
-- One place of a published month with the names of today: the columns of a judged month.
select f.indicator_code, f.position, f.process_code, f.dimension_code,
    coalesce(i.name_en, f.indicator_code) as name_en, coalesce(i.name_zh, f.indicator_code) as name_zh,
    coalesce(i.definition_en, '') as definition_en, coalesce(i.definition_zh, '') as definition_zh,
    f.unit, f.decimals, f.direction, f.kind, f.per,
    coalesce(i.numerator_en, '') as numerator_en, coalesce(i.numerator_zh, '') as numerator_zh,
    coalesce(i.denominator_en, '') as denominator_en, coalesce(i.denominator_zh, '') as denominator_zh,
    coalesce(i.department_code, '') as department_code, d.name_en as department_en, d.name_zh as department_zh,
    coalesce(i.source_system, '') as source_system, f.appraised, coalesce(i.control_stage, '') as control_stage,
    i.valid_from, i.valid_to, f.survey_code, coalesce(i.item_code, '') as item_code,
    f.numerator, f.denominator, f.weight_squares, f.parts,
    f.target_low, f.target_high, f.tolerance, f.target_from, f.target_scope,
    f.value, f.n, f.n_eff, f.low, f.high, f.reliability, f.showing, f.status, f.gap, f.attainment, f.certainty,
    f.reason, f.shortfall, f.decimals_shown, f.previous_value, f.previous_status, f.change, f.improvement
from sealed_figures as f
left join indicators as i on i.indicator_code = f.indicator_code
left join departments as d on d.department_code = i.department_code
where f.month = $month and f.revision = $revision and f.level = $level and f.scope_code = $scope_code
    and (f.level = 'company' or $all_districts::boolean or f.scope_code in (select unnest($districts::varchar[])))
order by f.position, f.indicator_code
