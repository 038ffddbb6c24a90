-- Whom to call in a department: position 1 first, then who stands in. Kept in the catalogue (contacts.csv).

create table contacts (
    department_code varchar not null,
    position integer not null,
    role_en varchar not null,
    role_zh varchar not null,
    name_en varchar not null,
    name_zh varchar not null,
    phone varchar not null,
    mail varchar not null
);
