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
select indicator_code, process_code, dimension_code, kind, unit, per, direction, survey_code, item_code, valid_from
from indicators
order by position

-- name: targets
-- The company's first target of every indicator that has one.
select i.indicator_code, i.direction, i.numerator_en, t.low, t.high, t.tolerance, t.agreed_by
from targets as t
join indicators as i on i.indicator_code = t.indicator_code
where t.scope_level = 'company' and t.batch_id = ''
order by i.position
