-- name: mark
-- What an item of a visit earned, and whose visit it was.
select v.store_code, coalesce(s.district_code, '') as district_code, i.points::double as points,
    i.max_points::double as max_points
from visit_items as i
join visits as v on v.visit_id = i.visit_id and v.batch_id = i.batch_id
left join stores as s on s.store_code = v.store_code
where i.visit_id = $visit_id and i.item_code = $item_code
order by i.batch_id desc
limit 1

-- name: visit
select store_code from visits where visit_id = $visit_id order by batch_id desc limit 1

-- name: district_of_store
select district_code from stores where store_code = $store_code order by valid_from desc limit 1

-- name: has_district
select exists (select 1 from districts where district_code = $district_code) as found

-- name: standards
select standard, valid_from, value, reason from audit_standards order by valid_from, standard
