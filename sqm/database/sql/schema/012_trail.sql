-- Each entry's digest covers the entry and the digest before it; null for entries from before the chain.

alter table trail add column digest varchar;
