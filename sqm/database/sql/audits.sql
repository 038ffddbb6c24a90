-- name: visits
-- Visits to stores between two months, of a source or of all.
select v.batch_id, v.source_row, v.visit_id, v.store_code, s.district_code, v.visited_on, v.month, v.source, v.theme,
    coalesce(v.checklist_code, '') as checklist_code, coalesce(v.auditor_code, '') as auditor_code,
    v.minutes_waited, v.minutes_handled, v.score, coalesce(v.comment, '') as comment
from visits as v
join stores as s on s.store_code = v.store_code
where v.month >= $first and v.month <= $last
    and ($source = '' or v.source = $source)
    and ($store = '' or v.store_code = $store)
    and ($all_districts::boolean or s.district_code in (select unnest($districts::varchar[])))
    and ($all_stores::boolean or v.store_code in (select unnest($stores::varchar[])))
order by v.month, v.store_code, v.visit_id

-- name: marks
-- What each item of these visits earned. points: null where it did not apply.
select v.visit_id as visit, v.store_code as store, v.month, v.theme, i.item_code as item, i.points::double as points,
    i.max_points::double as most, i.critical as is_critical, coalesce(c.minor, false) as is_minor, c.pass_points,
    coalesce(i.evidence, '') as evidence
from visit_items as i
join visits as v on v.visit_id = i.visit_id and v.batch_id = i.batch_id
join stores as s on s.store_code = v.store_code
left join checklist_items as c on c.checklist_code = v.checklist_code and c.item_code = i.item_code
where v.month >= $first and v.month <= $last
    and ($source = '' or v.source = $source)
    and ($store = '' or v.store_code = $store)
    and ($all_districts::boolean or s.district_code in (select unnest($districts::varchar[])))
    and ($all_stores::boolean or v.store_code in (select unnest($stores::varchar[])))
order by v.month, v.store_code, v.visit_id, i.item_code

-- name: last_visits
-- When each store was visited first and last, up to the end of a month; stores without a visit have null.
select s.store_code, s.district_code, min(v.visited_on) as first_on, max(v.visited_on) as last_on,
    count(distinct v.visit_id) as visits
from stores as s
left join visits as v on v.store_code = s.store_code and v.source = $source and v.month <= $month
where ($all_districts::boolean or s.district_code in (select unnest($districts::varchar[])))
    and ($all_stores::boolean or s.store_code in (select unnest($stores::varchar[])))
group by s.store_code, s.district_code
order by s.store_code

-- name: contents
-- Which sources hold visits to stores, from when to when.
select source, min(month) as first_month, max(month) as last_month, count(distinct visit_id) as visits,
    count(distinct store_code) as stores
from visits
where store_code <> ''
group by source
order by source

-- name: stores
select store_code, name_en, name_zh, district_code, class, size, longitude, latitude, valid_from, valid_to
from stores
where ($all_districts::boolean or district_code in (select unnest($districts::varchar[])))
    and ($all_stores::boolean or store_code in (select unnest($stores::varchar[])))
order by store_code

-- name: districts
select district_code, position, name_en, name_zh, outline from districts order by position, district_code

-- name: items
-- An item may be listed by the catalogue and by a file: the catalogue's words count.
select item_code, brand_code, name_en, name_zh, evidence_en, evidence_zh
from audit_items
qualify row_number() over (partition by item_code order by batch_id) = 1
order by min(position) over (partition by item_code), item_code

-- name: topics
select topic, process_code, position, name_en, name_zh from audit_topics order by position, topic

-- name: checklists
select checklist_code, theme, kind, valid_from, position, name_en, name_zh
from checklists
order by position, valid_from, checklist_code

-- name: checklist_items
select checklist_code, item_code, position, section, points, pass_points, critical, minor
from checklist_items
order by checklist_code, position, item_code

-- name: standards
select standard, valid_from, value, reason from audit_standards order by standard, valid_from

-- name: score_parts
select version, valid_from, part_code, position, weight, source
from score_parts
order by valid_from, position, part_code

-- name: rotation
select valid_from, part_code, theme from audit_rotation order by valid_from, part_code

-- name: submissions
-- The first report of a district for a month.
select district_code, month, min(submitted_on) as submitted_on
from submissions
where month >= $first and month <= $last
    and ($all_districts::boolean or district_code in (select unnest($districts::varchar[])))
group by district_code, month
order by month, district_code
