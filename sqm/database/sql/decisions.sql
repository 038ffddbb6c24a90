-- name: every
select decision_id, sequence, happened_at, who, role, kind, subject, facts from decisions order by sequence

-- name: next_sequence
select coalesce(max(sequence), 0) + 1 as sequence from decisions

-- name: add
insert into decisions (decision_id, sequence, happened_at, who, role, kind, subject, facts)
values ($decision_id, $sequence, $happened_at, $who, $role, $kind, $subject, $facts)

-- name: directions
select indicator_code, direction, batch_id from indicators order by position, indicator_code

-- name: last_sealed
select max(month) as month from sealed_months

-- name: known_codes
-- What an accepted indicator must belong to.
select process_code as code from processes
union all
select dimension_code from dimensions
order by code

-- name: take_target
delete from targets where batch_id = $batch_id and valid_from = $valid_from

-- name: add_target
insert into targets (indicator_code, scope_level, scope_code, valid_from, low, high, tolerance, agreed_by, reason,
    batch_id)
values ($indicator_code, $scope_level, $scope_code, $valid_from, $low, $high, $tolerance, $agreed_by, $reason, $batch_id)

-- name: accepted_items
-- Accepted indicators that a survey item measures.
select indicator_code, survey_code, item_code from indicators where batch_id <> '' and item_code <> ''
order by indicator_code

-- name: take_indicators
delete from indicators where batch_id in (select decision_id from decisions)

-- name: add_indicator
-- Observed only, after those of the catalogue; a code that the catalogue has meanwhile is the catalogue's.
insert into indicators (indicator_code, position, process_code, dimension_code, name_en, name_zh, definition_en,
    definition_zh, unit, decimals, direction, kind, per, numerator_en, numerator_zh, denominator_en, denominator_zh,
    department_code, source_system, appraised, control_stage, valid_from, valid_to, survey_code, item_code, batch_id)
select $indicator_code, $position, $process_code, $dimension_code, $name_en, $name_zh, $definition_en,
    $definition_zh, $unit, $decimals, $direction, $kind, $per, $numerator_en, $numerator_zh, $denominator_en,
    $denominator_zh, $department_code, $source_system, false, $control_stage, $valid_from, null, $survey_code,
    $item_code, $batch_id
where $indicator_code not in (select indicator_code from indicators)

-- name: touch_item
-- All months in which an indicator that a survey item measures has, or gets, a value.
insert into touched
select $indicator_code, month from mart_segment_month where survey_code = $survey_code and item_code = $item_code
union
select $indicator_code, month from indicator_values where indicator_code = $indicator_code
