-- Answers that come store by store resemble each other within a store. What their interval needs, so that no page has
-- to read the stores: stores: how many gave answers; store_ww, store_ws, store_ss: sums over the stores of weight
-- squared, weight x satisfied weight, satisfied weight squared (the weight of all answers of a store).
-- Null where an answer names no store, on level store, and for uploaded values.

alter table mart_indicator_month add column stores bigint;
alter table mart_indicator_month add column store_ww decimal(38, 8);
alter table mart_indicator_month add column store_ws decimal(38, 8);
alter table mart_indicator_month add column store_ss decimal(38, 8);
