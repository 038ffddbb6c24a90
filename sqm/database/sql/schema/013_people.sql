-- Who may look, as the log of decisions says (kind person_set): whoever signs in is matched by e-mail or subject.
create table people (
    person_id varchar not null,
    email varchar not null,
    subject varchar not null,
    name varchar not null,
    is_active boolean not null
);

create table roles (
    person_id varchar not null,
    role varchar not null,
    valid_from date not null
);

-- level: district or store.
create table places (
    person_id varchar not null,
    level varchar not null,
    code varchar not null
);
