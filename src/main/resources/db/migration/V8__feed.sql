-- Who was erased, so that nothing about them stays among the dead letters. The broker is no part of the transaction that
-- erases, and a consumer may fail an event about them later, so they are looked for until their last event has expired.
create table dead_letter_sweep (
    tenant_id uuid        not null references tenant,
    person_id uuid        not null,
    erased_at timestamptz not null default now(),
    due_at    timestamptz not null default now(),
    primary key (tenant_id, person_id)
);
create index dead_letter_sweep_due on dead_letter_sweep (due_at);

-- A subscription for which nothing is kept until its subscriber is back.
alter table subscription add column lagging_since timestamptz;

-- A job whose queue is full enough goes on later.
alter table catch_up add column due_at timestamptz not null default now();

-- SHA-256 of a random password; null until the next rotation for a subscription that is older.
alter table subscription add column password_hash bytea;

-- The place in the feed up to which only the last change of each user and group is kept.
insert into feed values ('compacted', 0);
