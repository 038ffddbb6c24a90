-- name: processes
-- Each process with the department that answers for it first.
select p.process_code, min_by(o.department_code, o.position) as department_code
from processes as p
join process_owners as o on o.process_code = p.process_code
group by p.process_code, p.position
order by p.position

-- name: districts
select district_code from districts order by position

-- name: stores
select store_code, district_code, size from stores order by store_code

-- name: items
select item_code, process_code from items order by position

-- name: indicators
select indicator_code, process_code, dimension_code, kind, per, direction, survey_code, item_code
from indicators
order by position

-- name: targets
-- The company's first target of every indicator that has one.
select i.indicator_code, i.direction, t.low, t.high, t.tolerance, t.agreed_by
from targets as t
join indicators as i on i.indicator_code = t.indicator_code
where t.scope_level = 'company' and t.batch_id = ''
order by i.position

-- name: first_high
select indicator_code, high from targets where scope_level = 'company' and batch_id = '' and high is not null
order by indicator_code

-- name: methods
select survey_code, method_code from methods order by survey_code, valid_from

-- name: name_operator
-- The operator of the catalogue has no name; the demo's has one.
update labels
set name_en = o.name_en, name_zh = o.name_zh
from staged_operators as o
where labels.kind = 'operator' and labels.code = 'own' and o.code = 'own'

-- name: add_rivals
insert into labels (kind, code, position, name_en, name_zh, batch_id)
select kind, code, position::integer, name_en, name_zh, $batch_id
from staged_operators
where code <> 'own'

-- name: add_settings
insert into settings (setting, value)
select 'demo', 'true'
union all
select 'seed', $seed
union all
select 'demo_last_month', $last
union all
select 'operator_en', name_en from staged_operators where code = 'own'
union all
select 'operator_zh', name_zh from staged_operators where code = 'own'

-- name: add_method
insert into methods (survey_code, method_code, valid_from, note_en, note_zh, batch_id)
values ('cati', $method_code, $valid_from,
    'Second questionnaire: three processes an interview in rotation, new wording and order. It reads two to three points higher for every operator, so it must not be joined with the first.',
    '第二版问卷:每次访问轮换三个商业过程,措辞和顺序均有调整。各运营商得分普遍高出两到三个百分点,不得与首版衔接比较。',
    $batch_id)

-- name: add_quota
insert into study_quotas (survey_code, kind, code, quota, batch_id) values ($survey_code, $kind, $code, $quota, '')

-- name: add_population
update studies set population = $population where survey_code = $survey_code

-- name: add_session
insert into focus_groups (session_code, held_on, process_code, participants, topic_en, topic_zh, findings_en,
    findings_zh, batch_id)
values ($session_code, $held_on, $process_code, $participants, $topic_en, $topic_zh, $findings_en, $findings_zh, '')

-- name: add_reputation_study
insert into studies (survey_code, position, name_en, name_zh, audience, mode, cadence, population, population_en,
    population_zh, quota, batch_id)
values ($survey_code, 5, '', '', 'customers', 'cati', 'monthly', null,
    'Customers of every operator, each about the operator that they use', '各运营商客户，评价自己正在使用的运营商', 900, '')

-- name: checklists
select checklist_code, theme, valid_from from checklists order by valid_from, position

-- name: checklist_items
select checklist_code, item_code, points, pass_points, critical, minor
from checklist_items
order by checklist_code, position

-- name: audit_standards
select standard, valid_from, value from audit_standards order by valid_from

-- name: weak_marks
-- Items of a theme that earned little on the third party's visits since a month, and by whom.
select v.visit_id, v.store_code, s.district_code, v.visited_on, v.month, v.auditor_code, i.item_code,
    i.points::double as points, i.max_points::double as most
from visit_items as i
join visits as v on v.visit_id = i.visit_id and v.batch_id = i.batch_id
join stores as s on s.store_code = v.store_code
where v.source = 'third_party' and v.month >= $first and v.theme = split_part(i.item_code, '.', 1)
    and i.points < 0.75 * i.max_points
order by v.month, i.points / i.max_points, v.visit_id, i.item_code
