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

-- An IdP's API that one gateway at a time may ask, and no one before it is free again.
create table idp_turn (
    connection_id uuid        not null references connection,
    name          text        not null,
    free_at       timestamptz not null,
    primary key (connection_id, name)
);
