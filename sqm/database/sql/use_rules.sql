-- name: from_audits
-- Indicators that come from store audits.
select indicator_code from indicators where source_system = $source_system order by indicator_code

-- name: appraised_audits
-- The first indicator from store audits that would be appraised.
select indicator_code from indicators where source_system = $source_system and appraised order by indicator_code limit 1
