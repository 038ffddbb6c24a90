-- What departments and auditors measured, and what customers complained about.

-- level: store, district, company, operator; scope_code is the code on that level ('' for the company).
-- A value that came without its parts has denominator 1 and n null: it is averaged, not pooled.
create table indicator_values (
    batch_id varchar not null,
    source_row integer not null,
    indicator_code varchar not null,
    month date not null,
    level varchar not null,
    scope_code varchar not null,
    district_code varchar not null,
    numerator decimal(24, 6) not null,
    denominator decimal(24, 6) not null,
    n integer,
    note varchar not null
);

create table visits (
    batch_id varchar not null,
    source_row integer not null,
    visit_id varchar not null,
    store_code varchar not null,
    visited_on date not null,
    month date not null,
    source varchar not null,
    theme varchar not null
);

create table visit_items (
    batch_id varchar not null,
    source_row integer not null,
    visit_id varchar not null,
    item_code varchar not null,
    points decimal(7, 2),
    max_points decimal(7, 2) not null,
    critical boolean not null
);

create table complaints (
    batch_id varchar not null,
    source_row integer not null,
    complaint_id varchar not null,
    received_on date not null,
    month date not null,
    process_code varchar not null,
    district_code varchar not null,
    store_code varchar not null,
    department_code varchar not null,
    complaint_class varchar not null,
    escalated boolean not null,
    hours_to_response decimal(9, 2),
    hours_to_close decimal(9, 2)
);
