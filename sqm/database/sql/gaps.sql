-- name: promises
-- Public promises with the indicator that shows what is delivered; its numbers say on what scale.
select p.promise_code, p.process_code, p.position, p.name_en, p.name_zh, p.promised, p.unit, p.direction,
    p.indicator_code, p.valid_from, i.decimals, i.kind, i.per
from promises as p
join indicators as i on i.indicator_code = p.indicator_code
order by p.position, p.promise_code

-- name: delivered
-- What was delivered on the finest level that reports an indicator: one row a place and month.
with reported as (
    select m.indicator_code, m.month, m.level, m.scope_code, m.numerator::double as numerator,
        m.denominator::double as denominator,
        case m.level when 'store' then 1 when 'district' then 2 else 3 end as fineness
    from mart_indicator_month as m
    where m.indicator_code in (select unnest($indicators::varchar[]))
        and m.month between $first and $last and m.level in ('store', 'district', 'company')
)
select indicator_code, month, level, scope_code, numerator, denominator
from reported
qualify fineness = min(fineness) over (partition by indicator_code)
order by indicator_code, month, scope_code

-- name: needs
-- Needs of each process, drivers before what other research found: what is set against each, and whether one of its
-- indicators has a target for the company in force.
with drivers_first as (
    select process_code, 'driver.' || process_code || '.' || min(position) as need_code, min(position) as position,
        driver_en as name_en, driver_zh as name_zh, false as has_standard, list(indicator_code) as indicators
    from drivers
    group by process_code, driver_en, driver_zh
    union all
    select process_code, need_code, 1000 + position, name_en, name_zh, has_standard, [indicator_code]
    from needs
)
select n.process_code, n.need_code, n.position, n.name_en, n.name_zh,
    n.has_standard or exists (
        select 1 from promises as p where list_contains(n.indicators, p.indicator_code) and p.valid_from <= $month
    ) as has_standard,
    exists (
        select 1 from indicators as i
        where list_contains(n.indicators, i.indicator_code) and i.valid_from <= $month
            and (i.valid_to is null or i.valid_to >= $month)
    ) as has_indicator,
    exists (
        select 1 from targets as t
        where list_contains(n.indicators, t.indicator_code) and t.scope_level = 'company' and t.valid_from <= $month
    ) as has_target
from drivers_first as n
order by n.process_code, n.position, n.need_code

-- name: audited
-- Points of every item of the visits to a process, by the topic before the item's dot. Only of those who look from
-- outside: a branch that audits itself is kinder, and whom it looks at is its own choice.
select v.month, a.process_code, a.topic, a.name_en, a.name_zh, i.visit_id, v.store_code, i.item_code, i.points::double as points,
    i.max_points::double as max_points
from visit_items as i
join visits as v on v.visit_id = i.visit_id and v.batch_id = i.batch_id
join audit_topics as a on a.topic = split_part(i.item_code, '.', 1)
where v.month between $first and $last and v.source in ('third_party', 'test_call', 'account_visit')
order by a.process_code, i.visit_id, i.item_code
