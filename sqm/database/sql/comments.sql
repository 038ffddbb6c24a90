-- name: contents
-- Which survey has comments, from when to when.
select survey_code, min(month) as first_month, max(month) as last_month
from comments
group by survey_code
order by survey_code

-- name: counted
-- How many of our own customers wrote, by month and place: over all places, whoever looks.
select c.month, r.district_code, r.store_code, count(*) as n
from comments as c
join responses as r on r.batch_id = c.batch_id and r.source_row = c.source_row
where c.survey_code = $survey and r.survey_code = $survey and r.operator_code in ('own', '')
group by c.month, r.district_code, r.store_code
order by c.month, r.district_code, r.store_code

-- name: found
-- Comments of our own customers with what their writers answered, the newest first. The cheap filters stand in the
-- inmost place: months and survey leave few of the comments, and these few ask for their respondents.
with written as (
    select c.batch_id, c.source_row, c.month, c.comment
    from comments as c
    where c.survey_code = $survey and c.month between $first and $last
        and ($search = '' or contains(lower(c.comment), lower($search)))
), people as (
    select w.batch_id, w.source_row, w.month, w.comment, r.store_code, r.district_code, r.channel_code, r.brand_code,
        r.scores
    from written as w
    join responses as r on r.batch_id = w.batch_id and r.source_row = w.source_row
    where r.survey_code = $survey and r.month between $first and $last and r.operator_code in ('own', '')
        and ($all_districts::boolean or r.district_code in (select unnest($districts::varchar[])))
        and ($all_stores::boolean or r.store_code in (select unnest($stores::varchar[])))
        and ($district = '' or r.district_code = $district)
        and ($store = '' or r.store_code = $store)
    order by w.month desc, w.batch_id desc, w.source_row desc
    limit $most
), answers as (
    select p.batch_id, p.source_row, q.item_code, i.role, i.process_code, q.position,
        p.scores[q.position]::double as score, q.scale_min::double as low, q.scale_max::double as high
    from people as p
    join questions as q on q.batch_id = p.batch_id
    join items as i on i.item_code = q.item_code
    where i.role in ('overall', 'process', 'item', 'perception') and p.scores[q.position] is not null
        and q.scale_max > q.scale_min
), judged as (
    select batch_id, source_row,
        arg_min({'item': item_code, 'process': process_code, 'score': score, 'high': high},
            (score - low) / (high - low) * 10000 + position) filter (where role <> 'overall') as lowest,
        arg_min({'score': score, 'low': low, 'high': high},
            case role when 'overall' then 0 when 'process' then 1 else 2 end * 10000 + position)
            filter (where role in ('overall', 'process')) as whole
    from answers
    group by batch_id, source_row
)
select p.batch_id, p.source_row, p.month, p.store_code, p.district_code, p.channel_code, p.brand_code, p.comment,
    coalesce(j.lowest.item, '') as item_code, coalesce(j.lowest.process, '') as process_code,
    j.lowest.score as item_score, j.lowest.high as item_high,
    j.whole.score as score, j.whole.low as scale_min, j.whole.high as scale_max
from people as p
left join judged as j on j.batch_id = p.batch_id and j.source_row = p.source_row
order by p.month desc, p.batch_id desc, p.source_row desc
