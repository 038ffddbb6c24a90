-- name: by_month
-- Transactions of one store by month and place, with those of one kind beside them.
select v.month, v.served_at, sum(v.transactions)::bigint as transactions,
    coalesce(sum(v.transactions) filter (v.kind = $kind), 0)::bigint as of_kind
from store_volumes as v
join stores as s on s.store_code = v.store_code
where v.store_code = $store and v.month >= $first and v.month <= $last
    and ($all_districts::boolean or s.district_code in (select unnest($districts::varchar[])))
    and ($all_stores::boolean or v.store_code in (select unnest($stores::varchar[])))
group by v.month, v.served_at
order by v.month, v.served_at
