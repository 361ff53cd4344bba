-- Signals of IdPs, by webhook or poll. A row that is done stays for a while, without content, so that its event is
-- known when it comes again.
create table inbox (
    id            bigint generated always as identity primary key,
    connection_id uuid        not null references connection,
    channel       text        not null default 'webhook',
    event_id      text,
    subject       text        not null,
    occurred_at   timestamptz not null default now(),
    signal        jsonb,
    received_at   timestamptz not null default now(),
    due_at        timestamptz not null default now(),
    attempts      int         not null default 0,
    problem       text,
    done_at       timestamptz,
    unique (connection_id, event_id)
);
create index inbox_waiting on inbox (connection_id, subject, occurred_at, id) where done_at is null;
create index inbox_due on inbox (due_at, id) where done_at is null;
create index inbox_done on inbox (done_at) where done_at is not null;

-- What the gateway must remember of an IdP's API: how far a poll has come, which subscriptions it has made there.
create table idp_state (
    connection_id uuid not null references connection,
    name          text not null,
    value         text not null,
    primary key (connection_id, name)
);

-- Whose turn it is to ask an IdP's API: nobody's before it is free again.
create table idp_turn (
    connection_id uuid        not null references connection,
    name          text        not null,
    free_at       timestamptz not null,
    primary key (connection_id, name)
);

alter table person add column idp_id text;
alter table person add column source_time timestamptz;
create index person_idp_id on person (tenant_id, connection_id, idp_id) where idp_id is not null;

-- Commands that nobody waits for and that could not be applied; those of one resource have one key.
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

-- A removed connection stays until the last of its people is released.
alter table connection add column removed_at timestamptz;
