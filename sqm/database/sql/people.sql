-- name: every
select
    people.person_id,
    people.name,
    people.email,
    people.subject,
    people.is_active,
    coalesce(any_value(roles.role), '') as role,
    coalesce(list(places.code order by places.code) filter (where places.level = 'district'), []) as districts,
    coalesce(list(places.code order by places.code) filter (where places.level = 'store'), []) as stores
from people
left join roles on roles.person_id = people.person_id
left join places on places.person_id = people.person_id
group by all
order by people.name, people.person_id

-- name: forget_person
delete from people where person_id = $person_id

-- name: forget_role
delete from roles where person_id = $person_id

-- name: forget_places
delete from places where person_id = $person_id

-- name: add_person
insert into people (person_id, email, subject, name, is_active)
values ($person_id, $email, $subject, $name, $is_active)

-- name: add_role
insert into roles (person_id, role, valid_from) values ($person_id, $role, $valid_from)

-- name: add_place
insert into places (person_id, level, code) values ($person_id, $level, $code)

-- name: open_stores
select store_code, any_value(district_code) as district_code
from stores
where valid_from <= $today::date and (valid_to is null or valid_to >= $today::date)
group by store_code
order by store_code
