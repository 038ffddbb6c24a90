-- name: all
select indicator_code, scope_level, scope_code, valid_from, low, high, tolerance, agreed_by, reason
from targets
order by indicator_code, scope_level, scope_code, valid_from
