-- name: places
-- At which place of responses.scores the batches of a survey keep which item.
select q.batch_id, q.item_code, q.position, q.scale_min::double as scale_min, q.scale_max::double as scale_max
from questions as q
where q.item_code in (select unnest($items::varchar[]))
    and q.batch_id in (
        select distinct r.batch_id from responses as r where r.survey_code = $survey and r.month between $first and $last
    )
order by q.batch_id, q.position

-- name: answers
-- One row a respondent; {scores} picks the asked places of the list, which are whole numbers from the table of places.
-- {about}: what to know of a respondent besides; text costs most of what a frame costs.
select {about}, weight::double as weight, {scores}
from responses
where survey_code = $survey and batch_id in (select unnest($batches::varchar[]))
    and month between $first and $last
    and (len($operators::varchar[]) = 0 or operator_code in (select unnest($operators::varchar[])))
    and ($all_districts::boolean or district_code in (select unnest($districts::varchar[])))
    and ($all_stores::boolean or store_code in (select unnest($stores::varchar[])))
order by batch_id, source_row
