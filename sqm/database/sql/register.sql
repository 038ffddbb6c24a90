-- name: add_labels
insert into labels (kind, code, position, name_en, name_zh, batch_id)
select $kind, new.code, 1000 + row_number() over (order by new.code), new.code, new.code, $batch_id
from (select unnest($codes::varchar[]) as code) as new
where new.code not in (select code from labels where kind = $kind)

-- name: add_districts
insert into districts (district_code, position, name_en, name_zh, outline, batch_id)
select new.code, 1000 + row_number() over (order by new.code), new.code, new.code, null, $batch_id
from (select unnest($codes::varchar[]) as code) as new
where new.code not in (select district_code from districts)

-- name: add_survey
insert into surveys (survey_code, position, name_en, name_zh, representative, batch_id)
select $survey_code, 1000, $name_en, $name_zh, $representative, $batch_id
where $survey_code not in (select survey_code from surveys)

-- name: method_in_force
select method_code
from methods
where survey_code = $survey_code
order by valid_from > $month::date, valid_from desc
limit 1

-- name: add_method
insert into methods (survey_code, method_code, valid_from, note_en, note_zh, batch_id)
select $survey_code, $method_code, $valid_from, '', '', $batch_id
where not exists (select 1 from methods where survey_code = $survey_code and method_code = $method_code)

-- name: add_question
insert into questions (batch_id, position, item_code, column_name, scale_min, scale_max)
values ($batch_id, $position, $item_code, $column_name, $scale_min, $scale_max)

-- name: add_item
insert into items (item_code, position, process_code, role, name_en, name_zh, batch_id)
select $item_code, 1000 + $position, $process_code, $role, $name, $name, $batch_id
where $item_code not in (select item_code from items)

-- name: note_codes
-- Later batches that use a code which an earlier batch brought: the earlier one must stay while they stay.
insert into batch_dependencies (batch_id, on_batch_id, rows_same, rows_replaced)
with used as (
    select batch_id from labels
    where kind = 'brand' and code in (select unnest($brands::varchar[]))
        or kind = 'channel' and code in (select unnest($channels::varchar[]))
        or kind = 'operator' and code in (select unnest($operators::varchar[]))
    union
    select batch_id from districts where district_code in (select unnest($districts::varchar[]))
    union
    select batch_id from stores where store_code in (select unnest($stores::varchar[]))
    union
    select batch_id from items where item_code in (select unnest($items::varchar[]))
    union
    select batch_id from methods where survey_code = $survey_code and method_code = $method_code
    union
    select batch_id from surveys where survey_code = $survey_code
)
select $batch_id, used.batch_id, 0, 0
from used
where used.batch_id not in ('', $batch_id) and used.batch_id in (select batch_id from batches)
    and used.batch_id not in (select on_batch_id from batch_dependencies where batch_id = $batch_id)

-- name: stores
select store_code, district_code, name_en, name_zh from stores order by store_code

-- name: districts
select district_code, name_en, name_zh from districts order by position

-- name: indicators
select indicator_code, name_en, name_zh, kind, unit, per, direction, item_code from indicators order by position

-- name: labels
select kind, code, name_en, name_zh from labels order by kind, position

-- name: departments
select department_code, name_en, name_zh from departments order by position

-- name: items
select item_code, process_code, role, name_en, name_zh from items order by position

-- name: remembered
select template, header, field, detail from remembered_columns order by template, header

-- name: forget_column
delete from remembered_columns where template = $template and header = $header

-- name: remember_column
insert into remembered_columns (template, header, field, detail) values ($template, $header, $field, $detail)
