-- Monthly sums that the pages read, so a page costs the same at one million and at a hundred million answers.
-- Counts and sums only, exact decimals: adding and taking away a batch restores the very same numbers.
-- n answers; w, ww: sum of weights and of their squares; wx, wxx: sum of weight x score and weight x score squared;
-- ws: sum of weights of the satisfied.

create table mart_store_month (
    survey_code varchar not null,
    method_code varchar not null,
    operator_code varchar not null,
    channel_code varchar not null,
    month date not null,
    district_code varchar not null,
    store_code varchar not null,
    item_code varchar not null,
    scale_min decimal(7, 2) not null,
    scale_max decimal(7, 2) not null,
    n bigint not null,
    w decimal(38, 4) not null,
    ww decimal(38, 8) not null,
    wx decimal(38, 6) not null,
    wxx decimal(38, 8) not null,
    ws decimal(38, 4) not null
);

create table mart_segment_month (
    survey_code varchar not null,
    method_code varchar not null,
    operator_code varchar not null,
    channel_code varchar not null,
    month date not null,
    district_code varchar not null,
    brand_code varchar not null,
    item_code varchar not null,
    scale_min decimal(7, 2) not null,
    scale_max decimal(7, 2) not null,
    n bigint not null,
    w decimal(38, 4) not null,
    ww decimal(38, 8) not null,
    wx decimal(38, 6) not null,
    wxx decimal(38, 8) not null,
    ws decimal(38, 4) not null
);

-- level: company, district, store, operator. Indicators that a survey item measures and uploaded values side by side:
-- weight_squares is the sum of squared weights of a survey share, null for uploaded values.
create table mart_indicator_month (
    indicator_code varchar not null,
    month date not null,
    level varchar not null,
    scope_code varchar not null,
    district_code varchar not null,
    numerator decimal(38, 6) not null,
    denominator decimal(38, 6) not null,
    n bigint,
    weight_squares decimal(38, 8),
    parts bigint not null
);
