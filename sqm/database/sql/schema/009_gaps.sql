-- What the gap model holds against what customers say: public promises, needs that research found beside the drivers,
-- and which process an audited topic belongs to. All are catalogue files that may be absent.

-- promised: in the unit of the indicator that shows what is delivered, shares 0-1. direction: which way is better.
create table promises (
    promise_code varchar not null,
    process_code varchar not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null,
    promised double not null,
    unit varchar not null,
    direction varchar not null,
    indicator_code varchar not null,
    valid_from date not null
);

-- Needs beside those of drivers, the most important first; drivers come before them. indicator_code '' for none.
create table needs (
    need_code varchar not null,
    process_code varchar not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null,
    has_standard boolean not null,
    indicator_code varchar not null
);

-- topic: the part of visit_items.item_code before its dot.
create table audit_topics (
    topic varchar not null,
    process_code varchar not null,
    position integer not null,
    name_en varchar not null,
    name_zh varchar not null
);
