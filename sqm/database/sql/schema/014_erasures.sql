-- Whom the product was told to forget, without saying who it was. subject_key: a keyed hash of survey and respondent.

create table erasures (
    erasure_id varchar not null,
    erased_at timestamp not null,
    erased_by varchar not null,
    survey_code varchar not null,
    subject_key varchar not null,
    reason varchar not null
);

create table erased_rows (
    erasure_id varchar not null,
    batch_id varchar not null,
    source_row integer not null
);

-- What a file was before the person was taken out of it: whoever sends that file again is refused.
create table erased_files (
    erasure_id varchar not null,
    batch_id varchar not null,
    template varchar not null,
    survey_code varchar not null,
    sha256 varchar not null,
    content_hash varchar not null
);
