-- What the operator agrees on once: processes, indicators, who owns them, where the stores are.
-- The lake has no keys, checks or sequences: keys are VARCHAR and uniqueness is checked by a query.
-- batch_id is '' for rows that came with the catalogue, else the batch that brought them.

create table settings (
    setting varchar not null,
    value varchar not null
);

create table processes (
    process_code varchar not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null,
    driver_en varchar not null,
    driver_zh varchar not null
);

create table dimensions (
    dimension_code varchar not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null
);

create table departments (
    department_code varchar not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null
);

create table process_owners (
    process_code varchar not null,
    department_code varchar not null,
    position integer not null
);

create table districts (
    district_code varchar not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null,
    outline varchar,
    batch_id varchar not null
);

create table stores (
    store_code varchar not null,
    name_en varchar not null,
    name_zh varchar not null,
    district_code varchar not null,
    class varchar not null,
    size varchar not null,
    longitude double,
    latitude double,
    valid_from date not null,
    valid_to date,
    batch_id varchar not null
);

-- kind: operator, brand, channel. An operator whose code is 'own' is the one that runs SQM.
create table labels (
    kind varchar not null,
    code varchar not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null,
    batch_id varchar not null
);

create table indicators (
    indicator_code varchar not null,
    position integer not null,
    process_code varchar not null,
    dimension_code varchar not null,
    name_en varchar not null,
    name_zh varchar not null,
    definition_en varchar not null,
    definition_zh varchar not null,
    unit varchar not null,
    decimals integer not null,
    direction varchar not null,
    kind varchar not null,
    per double not null,
    numerator_en varchar not null,
    numerator_zh varchar not null,
    denominator_en varchar not null,
    denominator_zh varchar not null,
    department_code varchar not null,
    source_system varchar not null,
    appraised boolean not null,
    control_stage varchar not null,
    valid_from date not null,
    valid_to date,
    survey_code varchar not null,
    item_code varchar not null
);

-- A month is judged by the row with the latest valid_from that is not after it.
-- scope_level: company, district, store; scope_code is '' for the company.
create table targets (
    indicator_code varchar not null,
    scope_level varchar not null,
    scope_code varchar not null,
    valid_from date not null,
    low double,
    high double,
    tolerance double not null,
    agreed_by varchar not null,
    reason varchar not null,
    batch_id varchar not null
);

-- What moves the satisfaction of a process, and the indicator that watches it.
create table drivers (
    process_code varchar not null,
    position integer not null,
    driver_en varchar not null,
    driver_zh varchar not null,
    indicator_code varchar not null
);
