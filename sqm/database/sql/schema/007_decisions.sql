-- What people decided, one line each, never changed and never deleted; facts is JSON. What stands now is worked out by
-- sqm/rules. Only what queries must see has tables of its own: agreed targets and accepted indicators stand beside
-- those of the catalogue with the decision's id as their batch_id, and published months are kept as they were.

create table decisions (
    decision_id varchar not null,
    sequence integer not null,
    happened_at timestamp not null,
    who varchar not null,
    role varchar not null,
    kind varchar not null,
    subject varchar not null,
    facts varchar not null
);

-- Publishing a month seals it: revision 1, then one more for each time it is published anew after late data.
-- Revision 0: published before figures were kept; there is nothing to compare it with.
create table sealed_months (
    month date not null,
    revision integer not null,
    sealed_at timestamp not null,
    sealed_by varchar not null,
    note varchar not null
);

insert into sealed_months
select month, 0, published_at, published_by, '' from published_months;

drop table published_months;

-- What was published of a month: the company and every district, each indicator with the definition, target and
-- verdict of that day. level: company or district.
create table sealed_figures (
    month date not null,
    revision integer not null,
    level varchar not null,
    scope_code varchar not null,
    indicator_code varchar not null,
    position integer not null,
    process_code varchar not null,
    dimension_code varchar not null,
    unit varchar not null,
    decimals integer not null,
    direction varchar not null,
    kind varchar not null,
    per double not null,
    appraised boolean not null,
    survey_code varchar not null,
    numerator double,
    denominator double,
    weight_squares double,
    parts double not null,
    value double,
    n double,
    n_eff double,
    low double,
    high double,
    reliability varchar not null,
    showing varchar not null,
    target_low double,
    target_high double,
    tolerance double,
    target_from date,
    target_scope varchar not null,
    status varchar not null,
    reason varchar not null,
    certainty varchar not null,
    gap double,
    attainment double,
    shortfall double,
    decimals_shown integer not null,
    previous_value double,
    previous_status varchar not null,
    change double,
    improvement double
);

-- What a viewer saw last on Home: statuses is JSON, indicator code -> status of the month.
create table looks (
    who varchar not null,
    looked_at timestamp not null,
    month date not null,
    statuses varchar not null
);

-- '' for the catalogue's own, else the decision that accepted an observed-only indicator.
alter table indicators add column batch_id varchar default '';
