-- What is agreed of a survey as a study: who is asked, how, how often, and how many answers a month are wanted.
-- One row a survey from the catalogue (batch_id '') and at most one from a decision (its id), which comes first.
-- audience: customers, visitors, callers, managers, staff. mode: cati, sms, web, in_store, hotline, focus_group.
-- cadence: daily, monthly, quarterly, yearly, open. '' and null: nobody said.
create table studies (
    survey_code varchar not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null,
    audience varchar not null,
    mode varchar not null,
    cadence varchar not null,
    population integer,
    population_en varchar not null,
    population_zh varchar not null,
    quota integer,
    batch_id varchar not null
);

-- Answers wanted of a part of the sample in a month. kind: district, brand, operator.
create table study_quotas (
    survey_code varchar not null,
    kind varchar not null,
    code varchar not null,
    quota integer not null,
    batch_id varchar not null
);

-- Conversations, not measurements: a session stands in no figure.
create table focus_groups (
    session_code varchar not null,
    held_on date not null,
    process_code varchar not null,
    participants integer not null,
    topic_en varchar not null,
    topic_zh varchar not null,
    findings_en varchar not null,
    findings_zh varchar not null,
    batch_id varchar not null
);
