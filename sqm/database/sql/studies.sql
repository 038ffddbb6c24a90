-- name: studies
-- Every survey, and every study without one (focus groups), with what is agreed of it; a decision before the catalogue.
select coalesce(s.survey_code, f.survey_code) as survey_code,
    coalesce(s.position, 2000 + f.position) as position,
    coalesce(nullif(d.name_en, ''), s.name_en, f.name_en) as name_en,
    coalesce(nullif(d.name_zh, ''), s.name_zh, f.name_zh) as name_zh,
    coalesce(s.representative, true) as representative,
    s.survey_code is not null as is_survey,
    coalesce(d.audience, f.audience, '') as audience,
    coalesce(d.mode, f.mode, '') as mode,
    coalesce(d.cadence, f.cadence, '') as cadence,
    case when d.survey_code is null then f.population else d.population end as population,
    coalesce(d.population_en, f.population_en, '') as population_en,
    coalesce(d.population_zh, f.population_zh, '') as population_zh,
    case when d.survey_code is null then f.quota else d.quota end as quota,
    coalesce(d.batch_id, '') as decision_id
from surveys as s
full join (select * from studies where batch_id = '') as f on f.survey_code = s.survey_code
left join studies as d on d.batch_id <> '' and d.survey_code = coalesce(s.survey_code, f.survey_code)
order by position, survey_code

-- name: waves
-- A wave: what one survey asked of one operator's customers in a month by one method.
select survey_code, method_code, operator_code, month, count(*) as n, sum(weight) as w, sum(weight * weight) as ww,
    max(weight) as largest, min(answered_on) as first_day, max(answered_on) as last_day
from responses
group by survey_code, method_code, operator_code, month
order by survey_code, month, method_code, operator_code

-- name: parts
-- Answers of one wave by what quotas are set for.
select kind, code, sum(n) as n
from (
    select unnest(['district', 'brand', 'operator', 'channel']) as kind,
        unnest([district_code, brand_code, operator_code, channel_code]) as code, n, operator_code
    from (
        select district_code, brand_code, operator_code, channel_code, count(*) as n
        from responses
        where survey_code = $survey_code and month = $month
        group by district_code, brand_code, operator_code, channel_code
    )
)
where code <> '' and (kind = 'operator' or operator_code = $operator or $operator = '')
group by kind, code
order by kind, code

-- name: quotas
select survey_code, kind, code, quota from study_quotas order by survey_code, kind, code

-- name: instrument
-- What was asked by which method, on which scale, and for how long.
select m.survey_code, m.method_code, m.item_code, m.scale_min, m.scale_max, min(m.month) as first_month,
    max(m.month) as last_month, sum(m.n) as n
from mart_segment_month as m
group by m.survey_code, m.method_code, m.item_code, m.scale_min, m.scale_max
order by m.survey_code, m.method_code, m.item_code, m.scale_min

-- name: focus_groups
select session_code, held_on, process_code, participants, topic_en, topic_zh, findings_en, findings_zh
from focus_groups
order by held_on desc, session_code

-- name: take_studies
delete from studies where batch_id <> ''

-- name: take_surveys
delete from surveys where batch_id in (select decision_id from decisions)

-- name: take_methods
delete from methods where batch_id in (select decision_id from decisions)

-- name: add_study
insert into studies (survey_code, position, name_en, name_zh, audience, mode, cadence, population, population_en,
    population_zh, quota, batch_id)
values ($survey_code, 1000, $name_en, $name_zh, $audience, $mode, $cadence, $population, $population_en, $population_zh,
    $quota, $batch_id)

-- name: add_survey
insert into surveys (survey_code, position, name_en, name_zh, representative, batch_id)
select $survey_code, 1000, $name_en, $name_zh, $representative, $batch_id
where $survey_code not in (select survey_code from surveys)
    and not exists (select 1 from studies where survey_code = $survey_code and batch_id = '' and mode = 'focus_group')

-- name: add_method
insert into methods (survey_code, method_code, valid_from, note_en, note_zh, batch_id)
select $survey_code, $method_code, $valid_from, $note_en, $note_zh, $batch_id
where $method_code not in (select method_code from methods)

-- name: known_surveys
select survey_code from surveys order by survey_code

-- name: known_methods
select method_code from methods order by method_code

-- name: in_use
-- A survey that stays for another reason (catalogue, a batch) loses only its definition.
select exists (
    select 1 from responses
    where method_code in (select unnest($methods::varchar[]))
        or survey_code in (
            select survey_code from surveys
            where survey_code in (select unnest($surveys::varchar[])) and batch_id in (select decision_id from decisions)
        )
) as in_use
