-- password_hash is the SHA-256 of a random password. While lagging_since is set, nothing is kept for the subscription
-- until its subscriber is back.
create table subscription (
    tenant_id     uuid        not null references tenant,
    name          text        not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    profile       text        not null,
    types         text[]      not null,
    password_hash bytea,
    lagging_since timestamptz,
    created_at    timestamptz not null default now(),
    primary key (tenant_id, name)
);

-- What is sent to one subscriber only: the present state of everything (bootstrap), or a part of the log (replay).
-- A job is done page by page, and goes on where it stopped; a job whose queue is full enough goes on later.
create table catch_up (
    id           uuid        primary key,
    tenant_id    uuid        not null,
    name         text        not null,
    kind         text        not null check (kind in ('bootstrap', 'replay')),
    resource_id  uuid,
    stage        text        not null,
    position     text        not null default '',
    until        bigint      not null,
    requested_at timestamptz not null default now(),
    due_at       timestamptz not null default now(),
    foreign key (tenant_id, name) references subscription on delete cascade
);

-- Users who were erased, so that nothing about them stays among the dead letters. The broker is no part of the
-- transaction that erases, and a consumer may fail an event about them later, so they are looked for until their last
-- event has expired.
create table dead_letter_sweep (
    tenant_id uuid        not null references tenant,
    person_id uuid        not null,
    erased_at timestamptz not null default now(),
    due_at    timestamptz not null default now(),
    primary key (tenant_id, person_id)
);
create index dead_letter_sweep_due on dead_letter_sweep (due_at);
