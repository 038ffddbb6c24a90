-- name: score_counts
-- How often each score was given to chosen items, by month, operator and method. Of the whole company, no places.
-- Weights are exact decimals, so the order of the rows changes nothing.
select q.item_code, r.month, r.operator_code, r.method_code, q.scale_min::double as scale_min,
    q.scale_max::double as scale_max, r.scores[q.position]::double as score, count(*) as n,
    sum(r.weight)::double as w, sum(r.weight * r.weight)::double as ww
from responses as r
join questions as q on q.batch_id = r.batch_id
where r.survey_code = $survey and q.item_code in (select unnest($items::varchar[]))
    and r.month between $first and $last and r.scores[q.position] is not null
group by q.item_code, r.month, r.operator_code, r.method_code, q.scale_min, q.scale_max, r.scores[q.position]
order by q.item_code, r.month, r.operator_code, r.method_code, q.scale_min, q.scale_max, score

-- name: imported
-- Values of indicators whose code begins with a word, of the company and of operators, by month.
select indicator_code, month, level, scope_code, numerator::double as numerator, denominator::double as denominator, n
from mart_indicator_month
where starts_with(indicator_code, $word) and level in ('company', 'operator') and month between $first and $last
order by indicator_code, month, level, scope_code
