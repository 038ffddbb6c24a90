-- One batch is one uploaded file, committed whole or not at all. Undo deletes its rows and its row here;
-- what happened stays in the trail, which is append-only and therefore the one table that undo does not restore.

create table batches (
    batch_id varchar not null,
    sequence integer not null,
    template varchar not null,
    upload_id varchar not null,
    sha256 varchar not null,
    content_hash varchar not null,
    file_name varchar not null,
    survey_code varchar not null,
    rows_added integer not null,
    rows_same integer not null,
    rows_replaced integer not null,
    rows_rejected integer not null,
    first_month date,
    last_month date,
    committed_at timestamp not null,
    committed_by varchar not null,
    recipe varchar not null
);

-- Batch batch_id met rows, or uses codes, of the earlier batch on_batch_id: the earlier one cannot be undone before the later one.
create table batch_dependencies (
    batch_id varchar not null,
    on_batch_id varchar not null,
    rows_same integer not null,
    rows_replaced integer not null
);

create table replaced_responses (
    batch_id varchar not null,
    source_row integer not null,
    survey_code varchar not null,
    method_code varchar not null,
    respondent_id varchar not null,
    answered_on date not null,
    month date not null,
    store_code varchar not null,
    district_code varchar not null,
    operator_code varchar not null,
    channel_code varchar not null,
    brand_code varchar not null,
    weight decimal(10, 4) not null,
    scores decimal(7, 2)[] not null,
    replaced_by varchar not null
);

create table replaced_comments (
    batch_id varchar not null,
    source_row integer not null,
    survey_code varchar not null,
    month date not null,
    store_code varchar not null,
    comment varchar not null,
    replaced_by varchar not null
);

create table replaced_values (
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
    note varchar not null,
    replaced_by varchar not null
);

-- Who did what, when (UTC). Never updated, never deleted.
create table trail (
    sequence integer not null,
    happened_at timestamp not null,
    who varchar not null,
    action varchar not null,
    object varchar not null,
    detail varchar not null
);

-- What an analyst said a header means, proposed again when the header comes back.
create table remembered_columns (
    template varchar not null,
    header varchar not null,
    field varchar not null,
    detail varchar not null
);

create table published_months (
    month date not null,
    published_at timestamp not null,
    published_by varchar not null
);
