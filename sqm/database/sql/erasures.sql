-- name: batches
select batch_id from batches order by batch_id

-- name: known
select exists (select 1 from erasures where erasure_id = $erasure_id)

-- name: create_now
create or replace temp table erased_now (batch_id varchar not null, source_row integer not null)

-- name: add_now
insert into erased_now values ($batch_id, $source_row)

-- name: delete_rows
delete from responses using erased_now as e
where e.batch_id = responses.batch_id and e.source_row = responses.source_row;
delete from comments using erased_now as e
where e.batch_id = comments.batch_id and e.source_row = comments.source_row;
delete from replaced_responses using erased_now as e
where e.batch_id = replaced_responses.batch_id and e.source_row = replaced_responses.source_row;
delete from replaced_comments using erased_now as e
where e.batch_id = replaced_comments.batch_id and e.source_row = replaced_comments.source_row

-- name: batch_hashes
select sha256, content_hash from batches where batch_id = $batch_id limit 1

-- name: change_batch
update batches set
    sha256 = $sha256, content_hash = $content_hash, rows_added = rows_added - $added, rows_same = rows_same - $same,
    rows_replaced = rows_replaced - $replaced, rows_rejected = rows_rejected - $rejected,
    recipe = case when $recipe = '' then recipe else $recipe end,
    first_month = (select min(month) from (
        select month from responses where batch_id = $batch_id
        union all
        select month from replaced_responses where batch_id = $batch_id
    )),
    last_month = (select max(month) from (
        select month from responses where batch_id = $batch_id
        union all
        select month from replaced_responses where batch_id = $batch_id
    ))
where batch_id = $batch_id

-- name: rests_less
update batch_dependencies set rows_same = rows_same - $same, rows_replaced = rows_replaced - $replaced
where batch_id = $batch_id and on_batch_id = $on_batch_id

-- name: rests_no_more
delete from batch_dependencies
where batch_id = $batch_id and on_batch_id = $on_batch_id and rows_same = 0 and rows_replaced = 0

-- name: add
insert into erasures (erasure_id, erased_at, erased_by, survey_code, subject_key, reason)
values ($erasure_id, $erased_at, $erased_by, $survey_code, $subject_key, $reason)

-- name: add_rows
insert into erased_rows (erasure_id, batch_id, source_row)
select $erasure_id, batch_id, source_row from erased_now order by batch_id, source_row

-- name: add_file
insert into erased_files (erasure_id, batch_id, template, survey_code, sha256, content_hash)
values ($erasure_id, $batch_id, $template, $survey_code, $sha256, $content_hash)

-- name: in_trail
select exists (select 1 from trail where action = 'erase' and object = $erasure_id)

-- name: erased_file
-- Whether a file is one from which somebody was erased since, as it was before.
select erasure_id from erased_files
where template = $template and survey_code = $survey_code and (sha256 = $sha256 or content_hash = $content_hash)
order by erasure_id
limit 1

-- name: rows_of
-- Where the answers of a person stand that came with no file: the demonstration's own.
select batch_id, source_row from responses
where survey_code = $survey_code and respondent_id = $respondent_id and respondent_id <> ''
    and ($all_months::boolean or month = $month::date)
order by batch_id, source_row

-- name: every
select e.erased_at, e.erased_by, e.survey_code, e.reason, count(r.source_row) as n_rows
from erasures as e
left join erased_rows as r on r.erasure_id = e.erasure_id
group by e.erasure_id, e.erased_at, e.erased_by, e.survey_code, e.reason
order by e.erased_at desc
