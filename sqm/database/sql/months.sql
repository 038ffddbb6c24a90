-- name: span
select min(month) as first_month, max(month) as last_month from mart_indicator_month

-- name: published
-- When a month was first published; later revisions are in sealed_months too.
select month, min(sealed_at) as published_at, min_by(sealed_by, revision) as published_by
from sealed_months
group by month
order by month

-- name: processes
select process_code, position, name_en, name_zh, driver_en, driver_zh from processes order by position

-- name: dimensions
select dimension_code, position, name_en, name_zh from dimensions order by position

-- name: owners
select o.process_code, o.position, d.department_code, d.name_en, d.name_zh
from process_owners as o
join departments as d on d.department_code = o.department_code
order by o.process_code, o.position

-- name: contacts
select department_code, position, role_en, role_zh, name_en, name_zh, phone, mail
from contacts
order by department_code, position, name_en

-- name: drivers
select process_code, position, driver_en, driver_zh, indicator_code from drivers order by process_code, position

-- name: districts
select district_code, position, name_en, name_zh, outline
from districts
where $all_districts::boolean or district_code in (select unnest($districts::varchar[]))
order by position, district_code

-- name: stores
select store_code, name_en, name_zh, district_code, class, size, longitude, latitude, valid_from, valid_to
from stores
where ($all_districts::boolean or district_code in (select unnest($districts::varchar[])))
    and ($all_stores::boolean or store_code in (select unnest($stores::varchar[])))
order by store_code

-- name: settings
select setting, value from settings order by setting
