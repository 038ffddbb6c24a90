-- Store audits as the province runs them: checklists in versions, standards set for everybody, the store composite,
-- who reported when. Rows of a batch go with it; '' is the catalogue.

-- auditor_code: who visited, never who was visited: an audit may not be charged to a person, so there is no column for
-- one. score: 0-100 as the file says it, null where it follows from the items. null or '' where nothing is known.
alter table visits add column checklist_code varchar;
alter table visits add column auditor_code varchar;
alter table visits add column minutes_waited double;
alter table visits add column minutes_handled double;
alter table visits add column score double;
alter table visits add column comment varchar;

-- evidence: what the auditor brought (a photo's name, a receipt number), as text.
alter table visit_items add column evidence varchar;

create table replaced_visits (
    batch_id varchar not null,
    source_row integer not null,
    visit_id varchar not null,
    store_code varchar not null,
    visited_on date not null,
    month date not null,
    source varchar not null,
    theme varchar not null,
    checklist_code varchar,
    auditor_code varchar,
    minutes_waited double,
    minutes_handled double,
    score double,
    comment varchar,
    replaced_by varchar not null
);

create table replaced_visit_items (
    batch_id varchar not null,
    source_row integer not null,
    visit_id varchar not null,
    item_code varchar not null,
    points decimal(7, 2),
    max_points decimal(7, 2) not null,
    critical boolean not null,
    evidence varchar,
    replaced_by varchar not null
);

-- One version of a checklist: it holds for visits from valid_from on. kind: audit, layout (the environment sheet).
create table checklists (
    checklist_code varchar not null,
    theme varchar not null,
    kind varchar not null,
    valid_from date not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null,
    batch_id varchar not null
);

-- points: the most an item can earn. pass_points: from which it is passed, null: only with all points. minor: items of
-- little weight, which together may cost only so much.
create table checklist_items (
    checklist_code varchar not null,
    item_code varchar not null,
    position integer not null,
    section varchar not null,
    points double not null,
    pass_points double,
    critical boolean not null,
    minor boolean not null,
    batch_id varchar not null
);

-- What an item asks, and the evidence from customers (by brand where it is one brand's) that it stands on.
create table audit_items (
    item_code varchar not null,
    position integer not null,
    brand_code varchar not null,
    name_en varchar not null,
    name_zh varchar not null,
    evidence_en varchar not null,
    evidence_zh varchar not null,
    batch_id varchar not null
);

-- Numbers that the province sets for everybody, from a month on: pass_mark, critical_cap, minor_cap, sampled_share,
-- longest_gap_months, report_day, waiting_full, waiting_zero, handling_full, handling_zero.
create table audit_standards (
    standard varchar not null,
    valid_from date not null,
    value double not null,
    reason varchar not null,
    batch_id varchar not null
);

-- The store composite in versions. weight: of 100, null for a part that is shown and not scored.
create table score_parts (
    version varchar not null,
    valid_from date not null,
    part_code varchar not null,
    position integer not null,
    weight double,
    source varchar not null,
    batch_id varchar not null
);

-- Which theme stands at topic_1 and topic_2 from a month on.
create table audit_rotation (
    valid_from date not null,
    part_code varchar not null,
    theme varchar not null,
    batch_id varchar not null
);

-- A district's report of its own audits of a month.
create table submissions (
    batch_id varchar not null,
    district_code varchar not null,
    month date not null,
    submitted_on date not null
);

-- Transactions of a store and month. kind: payment, service_request, connection, handset, data_service, prepayment.
-- served_at: counter, self_service.
create table store_volumes (
    batch_id varchar not null,
    store_code varchar not null,
    month date not null,
    kind varchar not null,
    served_at varchar not null,
    transactions bigint not null
);
