-- name: figures
-- What was said of each published month on the places that a viewer may see; a month without kept figures has no rows.
select f.month, f.revision, f.level, f.scope_code, f.indicator_code, f.value, f.status
from sealed_figures as f
where f.month >= $first and f.month <= $last
    and (not $latest::boolean
        or f.revision = (select max(s.revision) from sealed_months as s where s.month = f.month))
    and (f.level = 'company' or $all_districts::boolean or f.scope_code in (select unnest($districts::varchar[])))
order by f.month, f.revision, f.level, f.scope_code, f.position, f.indicator_code
