-- A row is inserted by the claim and gets its outcome in the same transaction; room on the page keeps that cheap.
-- An administrator's command has no connection. The target finds what erasure has to empty.
create table command_outcome (
    command_id    uuid primary key,
    tenant_id     uuid        not null,
    connection_id uuid,
    target        uuid,
    fingerprint   text        not null,
    instance      text        not null,
    outcome       jsonb,
    created_at    timestamptz not null default now()
) with (fillfactor = 60);
create index command_outcome_fingerprint on command_outcome (fingerprint);
create index command_outcome_target on command_outcome (target);
create index command_outcome_age on command_outcome using brin (created_at);

-- How many processes have begun with a command and did not end it. Only commands are here that were left on the
-- queue by a process that is gone; a row goes when its command is applied.
create table command_attempt (
    command_id uuid        primary key,
    processes  int         not null default 1,
    at         timestamptz not null default now()
);

-- Calls that were answered 503 because their outcome came too late.
create table unanswered_command (
    command_id uuid primary key,
    at         timestamptz not null default now()
);

-- Gateways that have shown a sign of life, and which of their answers have been written out: those up to a command, but
-- for some. Only what was not heard may be answered again with the answer of the first attempt.
create table instance (
    id          text primary key,
    seen_at     timestamptz not null default now(),
    heard_until uuid,
    unheard     uuid[]      not null default '{}'
);

-- Commands that no caller waits for and that could not be applied; those of one resource have one key.
create table parked_command (
    id            bigint generated always as identity primary key,
    key           uuid        not null,
    tenant_id     uuid        not null references tenant,
    connection_id uuid        not null references connection,
    target        uuid        not null,
    cause         text        not null check (cause in ('brake', 'broken', 'behind')),
    source_time   timestamptz,
    envelope      jsonb       not null,
    parked_at     timestamptz not null default now(),
    opened_at     timestamptz
);
create index parked_command_key on parked_command (key, id);
create index parked_command_target on parked_command (tenant_id, target);
create index parked_command_connection on parked_command (connection_id, cause);
