-- What customers said. Append-only by batch: a row is never changed, only moved aside (replaced_*) and moved back.

create table surveys (
    survey_code varchar not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null,
    representative boolean not null,
    batch_id varchar not null
);

-- A survey whose method changes gets a new method_code; series of different methods are never joined.
create table methods (
    survey_code varchar not null,
    method_code varchar not null,
    valid_from date not null,
    note_en varchar not null,
    note_zh varchar not null,
    batch_id varchar not null
);

-- role: overall, process, item, importance, expectation, perception, recommend, other.
create table items (
    item_code varchar not null,
    position integer not null,
    process_code varchar not null,
    role varchar not null,
    name_en varchar not null,
    name_zh varchar not null,
    batch_id varchar not null
);

-- Which answer stands at which place of responses.scores in a batch, and on which scale it was given.
create table questions (
    batch_id varchar not null,
    position integer not null,
    item_code varchar not null,
    column_name varchar not null,
    scale_min decimal(7, 2) not null,
    scale_max decimal(7, 2) not null
);

-- One row a respondent. Codes are '' where the file does not say. scores[i] belongs to questions.position = i (1-based);
-- a missing answer is null. A list, because it loads at twice the speed of one row an answer.
create table responses (
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
    scores decimal(7, 2)[] not null
);

-- Free text, masked on the way in.
create table comments (
    batch_id varchar not null,
    source_row integer not null,
    survey_code varchar not null,
    month date not null,
    store_code varchar not null,
    comment varchar not null
);
