-- name: arrive
-- The visits of a file; where it names no checklist, the one of the theme that is in force on the day.
create or replace temp table arriving as
with picked as (
    select s.source_row, max_by(c.checklist_code, c.valid_from) as in_force
    from staged as s
    join checklists as c on c.theme = s.theme and c.kind = 'audit' and c.valid_from <= s.visited_on
    where s.theme <> ''
    group by s.source_row
)
select s.* replace (coalesce(nullif(s.checklist_code, ''), p.in_force, '') as checklist_code)
from staged as s
left join picked as p on p.source_row = s.source_row

-- name: meet
-- Which visits are stored already, by their number, and whether they say the same of everything, items too.
create or replace temp table met as
with stored as (
    select v.*,
        coalesce((
            select list_sort(list({
                'item': i.item_code, 'points': i.points, 'most': i.max_points, 'critical': i.critical,
                'evidence': coalesce(i.evidence, '')
            }))
            from visit_items as i
            where i.visit_id = v.visit_id and i.batch_id = v.batch_id
        ), []) as marks
    from visits as v
    where v.visit_id in (select visit_id from arriving)
),
come as (
    select a.*,
        list_sort(list_transform(range(1, len(a.items) + 1), lambda i: {
            'item': a.items[i], 'points': a.points[i], 'most': a.max_points[i], 'critical': a.critical[i],
            'evidence': coalesce(a.evidence[i], '')
        })) as marks
    from arriving as a
    where a.visit_id in (select visit_id from stored)
),
final as (
    select c.source_row, c.visit_id, s.batch_id as stored_batch, s.source_row as stored_row,
        c.store_code = s.store_code and c.visited_on = s.visited_on and c.source = s.source and c.theme = s.theme
            and c.checklist_code = coalesce(s.checklist_code, '') and c.auditor_code = coalesce(s.auditor_code, '')
            and c.minutes_waited is not distinct from s.minutes_waited
            and c.minutes_handled is not distinct from s.minutes_handled and c.score is not distinct from s.score
            and coalesce(c.comment, '') = coalesce(s.comment, '') and c.marks = s.marks as same
    from come as c
    join stored as s on s.visit_id = c.visit_id
)
select * from final

-- name: move_replaced
insert into replaced_visit_items (batch_id, source_row, visit_id, item_code, points, max_points, critical, evidence,
    replaced_by)
select i.batch_id, i.source_row, i.visit_id, i.item_code, i.points, i.max_points, i.critical, i.evidence, $batch_id
from visit_items as i
join met as m on m.stored_batch = i.batch_id and m.visit_id = i.visit_id
where not m.same;
insert into replaced_visits (batch_id, source_row, visit_id, store_code, visited_on, month, source, theme,
    checklist_code, auditor_code, minutes_waited, minutes_handled, score, comment, replaced_by)
select v.batch_id, v.source_row, v.visit_id, v.store_code, v.visited_on, v.month, v.source, v.theme, v.checklist_code,
    v.auditor_code, v.minutes_waited, v.minutes_handled, v.score, v.comment, $batch_id
from visits as v
join met as m on m.stored_batch = v.batch_id and m.visit_id = v.visit_id
where not m.same

-- name: delete_replaced
delete from visit_items using met
where met.stored_batch = visit_items.batch_id and met.visit_id = visit_items.visit_id and not met.same;
delete from visits using met
where met.stored_batch = visits.batch_id and met.visit_id = visits.visit_id and not met.same

-- name: insert_visits
insert into visits (batch_id, source_row, visit_id, store_code, visited_on, month, source, theme, checklist_code,
    auditor_code, minutes_waited, minutes_handled, score, comment)
select $batch_id, a.source_row, a.visit_id, a.store_code, a.visited_on, a.month, a.source, a.theme, a.checklist_code,
    a.auditor_code, a.minutes_waited, a.minutes_handled, a.score, a.comment
from arriving as a
where a.source_row not in (select source_row from met where same or not $replace::boolean)

-- name: insert_items
insert into visit_items (batch_id, source_row, visit_id, item_code, points, max_points, critical, evidence)
select $batch_id, source_row, visit_id, unnest(items), unnest(points), unnest(max_points), unnest(critical),
    unnest(evidence)
from arriving
where source_row not in (select source_row from met where same or not $replace::boolean)

-- name: insert_stores
-- A store that nobody knew, as its newest visit tells it.
insert into stores (store_code, name_en, name_zh, district_code, class, size, longitude, latitude, valid_from,
    valid_to, batch_id)
with told as (
    select a.*, row_number() over (partition by a.store_code order by a.visited_on desc, a.source_row desc) as place
    from arriving as a
    where a.source_row in (select source_row from visits where batch_id = $batch_id)
        and a.store_code <> '' and a.store_code not in (select store_code from stores)
)
select store_code, coalesce(nullif(store_name, ''), store_code), coalesce(nullif(store_name, ''), store_code),
    district_code, class, size, longitude, latitude, date '2000-01-01', null, $batch_id
from told
where place = 1

-- name: insert_audit_items
-- Items that no checklist and no earlier file has; their own text is their name in both languages.
insert into audit_items (item_code, position, brand_code, name_en, name_zh, evidence_en, evidence_zh, batch_id)
select new.code, 1000 + new.position, '', new.name, new.name, '', '', $batch_id
from (select unnest($codes::varchar[]) as code, unnest($names::varchar[]) as name,
    unnest($positions::integer[]) as position) as new
where new.code not in (select item_code from audit_items)
    and new.code in (select item_code from visit_items where batch_id = $batch_id)

-- name: insert_submissions
-- A district that sends its own audits has reported for the months they are of.
insert into submissions (batch_id, district_code, month, submitted_on)
select distinct $batch_id, s.district_code, v.month, $day::date
from visits as v
join stores as s on s.store_code = v.store_code
where v.batch_id = $batch_id and v.source = $source and s.district_code <> ''

-- name: note_items
-- Earlier batches that brought an item which this one uses must stay while it stays.
insert into batch_dependencies (batch_id, on_batch_id, rows_same, rows_replaced)
select distinct $batch_id, a.batch_id, 0, 0
from audit_items as a
where a.batch_id not in ('', $batch_id) and a.batch_id in (select batch_id from batches)
    and a.item_code in (select item_code from visit_items where batch_id = $batch_id)
    and a.batch_id not in (select on_batch_id from batch_dependencies where batch_id = $batch_id)

-- name: forget_arriving
drop table arriving

-- name: register_items
-- What checklists ask, with the points of the newest checklist that has the item.
with newest as (
    select i.item_code, i.points, i.critical
    from checklist_items as i
    left join checklists as c on c.checklist_code = i.checklist_code
    qualify row_number() over (partition by i.item_code order by c.valid_from desc nulls last, i.checklist_code) = 1
),
named as (
    select item_code, position, name_en, name_zh
    from audit_items
    qualify row_number() over (partition by item_code order by batch_id) = 1
)
select n.item_code, coalesce(p.points, 0.0) as most, coalesce(p.critical, false) as critical, n.name_en, n.name_zh
from named as n
left join newest as p on p.item_code = n.item_code
order by n.position, n.item_code

-- name: register_topics
select topic as code, name_en, name_zh from audit_topics order by position

-- name: register_checklists
select distinct theme as code, name_en, name_zh from checklists where theme <> '' order by theme, name_en

-- name: counted
-- What a batch brought: visits by source, stores, new stores, districts and items.
select count(*) as visits, count(*) filter (where source = $scored) as scored, count(distinct store_code) as stores,
    (select count(*) from stores where batch_id = $batch_id) as new_stores,
    (select count(*) from districts where batch_id = $batch_id) as new_districts,
    (select count(*) from audit_items where batch_id = $batch_id) as new_items
from visits
where batch_id = $batch_id

-- name: visited_before
-- Of these stores, those with scored visits in the months that a file reaches.
select distinct store_code
from visits
where source = $scored and month >= $first and month <= $last and store_code in (select unnest($stores::varchar[]))
order by store_code
