-- name: same_file
select batch_id, file_name, committed_at, committed_by
from batches
where template = $template and survey_code = $survey_code and (sha256 = $sha256 or content_hash = $content_hash)
order by sequence
limit 1

-- name: next_sequence
select coalesce(max(sequence), 0) + 1 as sequence from batches

-- name: add
insert into batches (batch_id, sequence, template, upload_id, sha256, content_hash, file_name, survey_code,
    rows_added, rows_same, rows_replaced, rows_rejected, first_month, last_month, committed_at, committed_by, recipe)
values ($batch_id, $sequence, $template, $upload_id, $sha256, $content_hash, $file_name, $survey_code,
    $rows_added, $rows_same, $rows_replaced, $rows_rejected, $first_month, $last_month, $committed_at, $committed_by,
    $recipe)

-- name: history
select batch_id, sequence, template, file_name, survey_code, rows_added, rows_same, rows_replaced, rows_rejected,
    first_month, last_month, committed_at, committed_by,
    not exists (select 1 from batch_dependencies as d where d.on_batch_id = b.batch_id) as may_undo
from batches as b
order by sequence desc

-- name: stored
select batch_id, sequence, upload_id, committed_at, committed_by, recipe from batches order by sequence

-- name: find
select batch_id, sequence, template, upload_id, file_name from batches where batch_id = $batch_id

-- name: source_of
-- The file of one stored answer, as it was read.
select b.upload_id, b.file_name, b.recipe
from responses as r
join batches as b on b.batch_id = r.batch_id
where r.batch_id = $batch_id and r.source_row = $source_row and b.upload_id <> ''
limit 1

-- name: dependents
select distinct b.batch_id, b.file_name, b.committed_at
from batch_dependencies as d
join batches as b on b.batch_id = d.batch_id
where d.on_batch_id = $batch_id
order by b.committed_at

-- name: meet_responses
-- Which staged rows are stored already (same survey, respondent and month), and whether they say the same.
-- Answers are compared by item, because another file may have its columns in another order.
create or replace temp table met as
with questionnaires as (
    select batch_id, list(item_code order by position) as items
    from questions
    group by batch_id
),
pairs as (
    select s.source_row, r.batch_id as stored_batch, r.source_row as stored_row,
        s.answered_on = r.answered_on and s.store_code = r.store_code and s.operator_code = r.operator_code
            and s.channel_code = r.channel_code and s.brand_code = r.brand_code and s.weight = r.weight as attributes,
        list_sort(list_filter(list_zip(mine.items, s.scores), lambda x: x[2] is not null)) as staged_answers,
        list_sort(list_filter(list_zip(theirs.items, r.scores), lambda x: x[2] is not null)) as stored_answers
    from staged as s
    join responses as r
        on r.respondent_id = s.respondent_id and r.month = s.month and r.survey_code = $survey_code
    join questionnaires as mine on mine.batch_id = $batch_id
    join questionnaires as theirs on theirs.batch_id = r.batch_id
    where s.respondent_id <> '' and r.month >= $first_month::date and r.month <= $last_month::date
        and r.batch_id <> $batch_id
),
final as (
    select source_row, stored_batch, stored_row, attributes and staged_answers = stored_answers as same
    from pairs
)
select * from final

-- name: meet_values
create or replace temp table met as
select s.source_row, v.batch_id as stored_batch, v.source_row as stored_row, s.indicator_code, s.month, s.level,
    s.scope_code,
    s.numerator = v.numerator and s.denominator = v.denominator and s.n is not distinct from v.n as same
from staged as s
join indicator_values as v
    on v.indicator_code = s.indicator_code and v.month = s.month and v.level = s.level and v.scope_code = s.scope_code

-- name: meet_stores
create or replace temp table met as
select s.source_row, r.batch_id as stored_batch, 0 as stored_row,
    s.name_zh = r.name_zh and s.name_en = r.name_en and s.district_code = r.district_code
        and s.class = r.class and s.size = r.size as same
from staged as s
join stores as r on r.store_code = s.store_code

-- name: meet_targets
-- stored_batch '' is the catalogue or the target desk: nothing of theirs is ever undone.
create or replace temp table met as
with ranked as (
    select t.*, b.batch_id as upload,
        row_number() over (
            partition by t.indicator_code, t.scope_level, t.scope_code, t.valid_from
            order by t.batch_id <> '' and b.batch_id is null desc, b.sequence desc nulls last
        ) as place
    from targets as t
    left join batches as b on b.batch_id = t.batch_id
),
final as (
    select s.source_row, coalesce(r.upload, '') as stored_batch, 0 as stored_row,
        s.low is not distinct from r.low and s.high is not distinct from r.high and s.tolerance = r.tolerance
            and s.agreed_by = r.agreed_by and s.reason = r.reason as same
    from staged as s
    join ranked as r
        on r.indicator_code = s.indicator_code and r.scope_level = s.scope_level and r.scope_code = s.scope_code
            and r.valid_from = s.valid_from
    where r.place = 1
)
select * from final

-- name: any_responses
select exists (
    select 1 from responses
    where survey_code = $survey_code and month >= $first_month::date and month <= $last_month::date
)

-- name: meet_nothing
create or replace temp table met (source_row integer, stored_batch varchar, stored_row integer, same boolean)

-- name: count_met
select count(*) filter (where same) as rows_same, count(*) filter (where not same) as rows_conflicting
from met

-- name: note_met
insert into batch_dependencies (batch_id, on_batch_id, rows_same, rows_replaced)
select $batch_id, stored_batch,
    count(*) filter (where same or not $replace::boolean),
    count(*) filter (where not same and $replace::boolean)
from met
where stored_batch <> ''
group by stored_batch

-- name: move_replaced_responses
insert into replaced_responses
select r.batch_id, r.source_row, r.survey_code, r.method_code, r.respondent_id, r.answered_on, r.month, r.store_code,
    r.district_code, r.operator_code, r.channel_code, r.brand_code, r.weight, r.scores, $batch_id
from responses as r
join met as m on m.stored_batch = r.batch_id and m.stored_row = r.source_row
where not m.same

-- name: move_replaced_comments
insert into replaced_comments
select c.batch_id, c.source_row, c.survey_code, c.month, c.store_code, c.comment, $batch_id
from comments as c
join met as m on m.stored_batch = c.batch_id and m.stored_row = c.source_row
where not m.same

-- name: delete_replaced_responses
delete from responses using met
where met.stored_batch = responses.batch_id and met.stored_row = responses.source_row and not met.same;
delete from comments using met
where met.stored_batch = comments.batch_id and met.stored_row = comments.source_row and not met.same

-- name: move_replaced_values
insert into replaced_values
select v.batch_id, v.source_row, v.indicator_code, v.month, v.level, v.scope_code, v.district_code, v.numerator,
    v.denominator, v.n, v.note, $batch_id
from indicator_values as v
join met as m
    on m.indicator_code = v.indicator_code and m.month = v.month and m.level = v.level and m.scope_code = v.scope_code
where not m.same

-- name: delete_replaced_values
delete from indicator_values using met
where met.indicator_code = indicator_values.indicator_code and met.month = indicator_values.month
    and met.level = indicator_values.level and met.scope_code = indicator_values.scope_code and not met.same

-- name: insert_responses
insert into responses
select $batch_id, s.source_row, $survey_code, $method_code, case when $has_ids::boolean then s.respondent_id else '' end,
    s.answered_on, s.month, s.store_code, s.district_code, s.operator_code, s.channel_code, s.brand_code, s.weight,
    s.scores
from staged as s
where s.source_row not in (select source_row from met where same or not $replace::boolean)

-- name: insert_comments
insert into comments
select $batch_id, s.source_row, $survey_code, s.month, s.store_code, s.comment
from staged as s
where s.comment is not null and s.comment <> ''
    and s.source_row not in (select source_row from met where same or not $replace::boolean)

-- name: insert_values
insert into indicator_values
select $batch_id, s.source_row, s.indicator_code, s.month, s.level, s.scope_code, s.district_code, s.numerator,
    s.denominator, s.n, s.note
from staged as s
where not exists (
    select 1 from met as m
    where m.indicator_code = s.indicator_code and m.month = s.month and m.level = s.level
        and m.scope_code = s.scope_code and (m.same or not $replace::boolean)
)

-- name: insert_stores
insert into stores (store_code, name_en, name_zh, district_code, class, size, longitude, latitude, valid_from,
    valid_to, batch_id)
select s.store_code, s.name_en, s.name_zh, s.district_code, s.class, s.size, s.longitude, s.latitude, date '2000-01-01', null,
    $batch_id
from staged as s
where s.source_row not in (select source_row from met)

-- name: insert_targets
insert into targets (indicator_code, scope_level, scope_code, valid_from, low, high, tolerance, agreed_by, reason,
    batch_id)
select s.indicator_code, s.scope_level, s.scope_code, s.valid_from, s.low, s.high, s.tolerance, s.agreed_by, s.reason,
    $batch_id
from staged as s
where s.source_row not in (select source_row from met where same)

-- name: months_of_batch
select min(month) as first_month, max(month) as last_month
from (
    select month from responses where batch_id = $batch_id
    union all
    select month from indicator_values where batch_id = $batch_id
    union all
    select valid_from from targets where batch_id = $batch_id
    union all
    select month from visits where batch_id = $batch_id
)

-- name: restore
insert into responses
select batch_id, source_row, survey_code, method_code, respondent_id, answered_on, month, store_code, district_code,
    operator_code, channel_code, brand_code, weight, scores
from replaced_responses
where replaced_by = $batch_id;
delete from replaced_responses where replaced_by = $batch_id;
insert into comments
select batch_id, source_row, survey_code, month, store_code, comment
from replaced_comments
where replaced_by = $batch_id;
delete from replaced_comments where replaced_by = $batch_id;
insert into indicator_values
select batch_id, source_row, indicator_code, month, level, scope_code, district_code, numerator, denominator, n, note
from replaced_values
where replaced_by = $batch_id;
delete from replaced_values where replaced_by = $batch_id;
insert into visits (batch_id, source_row, visit_id, store_code, visited_on, month, source, theme, checklist_code,
    auditor_code, minutes_waited, minutes_handled, score, comment)
select batch_id, source_row, visit_id, store_code, visited_on, month, source, theme, checklist_code, auditor_code,
    minutes_waited, minutes_handled, score, comment
from replaced_visits
where replaced_by = $batch_id;
delete from replaced_visits where replaced_by = $batch_id;
insert into visit_items (batch_id, source_row, visit_id, item_code, points, max_points, critical, evidence)
select batch_id, source_row, visit_id, item_code, points, max_points, critical, evidence
from replaced_visit_items
where replaced_by = $batch_id;
delete from replaced_visit_items where replaced_by = $batch_id

-- name: remove
delete from responses where batch_id = $batch_id;
delete from comments where batch_id = $batch_id;
delete from indicator_values where batch_id = $batch_id;
delete from questions where batch_id = $batch_id;
delete from visits where batch_id = $batch_id;
delete from visit_items where batch_id = $batch_id;
delete from submissions where batch_id = $batch_id;
delete from audit_items where batch_id = $batch_id;
delete from stores where batch_id = $batch_id;
delete from targets where batch_id = $batch_id;
delete from districts where batch_id = $batch_id;
delete from labels where batch_id = $batch_id;
delete from items where batch_id = $batch_id;
delete from surveys where batch_id = $batch_id;
delete from methods where batch_id = $batch_id;
delete from batch_dependencies where batch_id = $batch_id;
delete from batches where batch_id = $batch_id

-- name: recipes
-- How committed files were read, the newest first.
select file_name, recipe from batches
where template in ('survey', 'indicator', 'visits', 'visit_items')
order by sequence desc
