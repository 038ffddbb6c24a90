-- name: contents
-- Counts of whole tables come from the file's own statistics: this costs the same at any size.
select
    (select count(*) from stores) as stores,
    (select count(*) from mart_indicator_month) as judged_values,
    (select count(*) from mart_segment_month) as survey_sums,
    (select coalesce(max(value), '') from settings where setting = 'demo') as demo
