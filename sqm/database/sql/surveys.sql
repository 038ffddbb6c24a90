-- name: surveys
-- By the name that an analyst gave them last.
select s.survey_code, s.position, coalesce(nullif(d.name_en, ''), s.name_en) as name_en,
    coalesce(nullif(d.name_zh, ''), s.name_zh) as name_zh, s.representative
from surveys as s
left join studies as d on d.survey_code = s.survey_code and d.batch_id <> ''
order by s.position, s.survey_code

-- name: methods
select survey_code, method_code, valid_from, note_en, note_zh from methods order by survey_code, valid_from

-- name: items
select item_code, position, process_code, role, name_en, name_zh from items order by position, item_code

-- name: labels
select kind, code, position, name_en, name_zh from labels order by kind, position, code

-- name: contents
-- What the marts hold: which survey asks which item of which operators, in which months.
select survey_code, method_code, operator_code, item_code, min(month) as first_month, max(month) as last_month,
    sum(n) as n
from mart_segment_month
group by survey_code, method_code, operator_code, item_code
order by survey_code, method_code, operator_code, item_code

-- name: segment_sums
-- Sums of answers by month for chosen items; an empty list means no filter. Districts by scope.
select survey_code, method_code, operator_code, month, item_code, scale_min, scale_max,
    case when $by_channel::boolean then channel_code else '' end as channel_code,
    case when $by_district::boolean then district_code else '' end as district_code,
    case when $by_brand::boolean then brand_code else '' end as brand_code,
    sum(n) as n, sum(w) as w, sum(ww) as ww, sum(wx) as wx, sum(wxx) as wxx, sum(ws) as ws
from mart_segment_month
where survey_code in (select unnest($surveys::varchar[]))
    and item_code in (select unnest($items::varchar[]))
    and month >= $first and month <= $last
    and (len($wanted_channels::varchar[]) = 0 or channel_code in (select unnest($wanted_channels::varchar[])))
    and (len($wanted_districts::varchar[]) = 0 or district_code in (select unnest($wanted_districts::varchar[])))
    and (len($wanted_brands::varchar[]) = 0 or brand_code in (select unnest($wanted_brands::varchar[])))
    and (len($operators::varchar[]) = 0 or operator_code in (select unnest($operators::varchar[])))
    and (not $by_district::boolean and len($wanted_districts::varchar[]) = 0
        or $all_districts::boolean or district_code in (select unnest($districts::varchar[])))
group by survey_code, method_code, operator_code, month, item_code, scale_min, scale_max,
    case when $by_channel::boolean then channel_code else '' end,
    case when $by_district::boolean then district_code else '' end,
    case when $by_brand::boolean then brand_code else '' end
order by survey_code, method_code, operator_code, item_code, channel_code, district_code, brand_code, month

-- name: store_sums
-- Sums of answers by store and month for chosen items: for store figures and for variance between stores.
select survey_code, method_code, month, item_code, scale_min, scale_max, district_code, store_code,
    case when $by_channel::boolean then channel_code else '' end as channel_code,
    sum(n) as n, sum(w) as w, sum(ww) as ww, sum(wx) as wx, sum(wxx) as wxx, sum(ws) as ws
from mart_store_month
where survey_code in (select unnest($surveys::varchar[]))
    and item_code in (select unnest($items::varchar[]))
    and operator_code = 'own' and month >= $first and month <= $last
    and (len($wanted_channels::varchar[]) = 0 or channel_code in (select unnest($wanted_channels::varchar[])))
    and (len($wanted_districts::varchar[]) = 0 or district_code in (select unnest($wanted_districts::varchar[])))
    and ($all_districts::boolean or district_code in (select unnest($districts::varchar[])))
    and ($all_stores::boolean or store_code in (select unnest($stores::varchar[])))
group by survey_code, method_code, month, item_code, scale_min, scale_max, district_code, store_code,
    case when $by_channel::boolean then channel_code else '' end
order by survey_code, method_code, item_code, district_code, store_code, channel_code, month
