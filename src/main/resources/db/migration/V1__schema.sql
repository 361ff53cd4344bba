-- Tenant is part of every key. Personal data stands in person.doc and its columns, command_outcome.outcome,
-- change.data and audit_detail.detail, and nowhere else, so that erasure knows where to go.

create table tenant (
    id         uuid primary key,
    slug       text        not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name       text        not null,
    settings   jsonb       not null default '{}',
    created_at timestamptz not null default now()
);

create table connection (
    id         uuid primary key,
    tenant_id  uuid        not null references tenant,
    name       text        not null,
    idp        text        not null,
    settings   jsonb       not null default '{}',
    created_at timestamptz not null default now()
);

-- Tokens are 256 random bits, so a plain SHA-256 is enough to keep them.
create table connection_token (
    id            uuid primary key,
    connection_id uuid        not null references connection,
    hash          bytea       not null unique,
    prefix        text        not null,
    created_at    timestamptz not null default now(),
    last_used_at  timestamptz,
    revoked_at    timestamptz
);
create index connection_token_live on connection_token (connection_id) where revoked_at is null;

create table person (
    tenant_id      uuid        not null references tenant,
    id             uuid        not null,
    connection_id  uuid references connection,
    user_name      text        not null,
    user_name_key  text        not null,
    external_id    text,
    email_key      text,
    active         boolean     not null,
    deactivated_at timestamptz,
    purge_after    timestamptz,
    deleted_at     timestamptz,
    doc            jsonb       not null,
    version        bigint      not null,
    created_at     timestamptz not null,
    modified_at    timestamptz not null,
    primary key (tenant_id, id)
);
create unique index person_user_name on person (tenant_id, user_name_key) where deleted_at is null;
create index person_deleted on person (tenant_id, user_name_key) where deleted_at is not null;
create index person_external_id on person (tenant_id, connection_id, external_id);
create index person_email on person (tenant_id, email_key);
create index person_listed on person (tenant_id, connection_id, id) where deleted_at is null;

-- A row is inserted by the claim and gets its outcome in the same transaction; room on the page keeps that cheap.
create table command_outcome (
    command_id    uuid primary key,
    tenant_id     uuid        not null,
    connection_id uuid        not null,
    fingerprint   text        not null,
    instance      text        not null,
    outcome       jsonb,
    created_at    timestamptz not null default now()
) with (fillfactor = 60);
create index command_outcome_fingerprint on command_outcome (fingerprint);

-- Calls that were answered 503 because their outcome came too late.
create table unanswered_command (
    command_id uuid primary key,
    at         timestamptz not null default now()
);

-- Gateways that have shown a sign of life.
create table instance (
    id      text primary key,
    seen_at timestamptz not null default now()
);

-- Outbox and log of changes. The order of announcement is the order of id, which is drawn while the row of the
-- resource is locked; sequence is stamped by the relay.
create table change (
    id            bigint generated always as identity primary key,
    event_id      uuid        not null,
    tenant_id     uuid        not null references tenant,
    resource_type text        not null,
    resource_id   uuid        not null,
    version       bigint      not null,
    type          text        not null,
    data          jsonb       not null,
    occurred_at   timestamptz not null,
    sequence      bigint,
    published_at  timestamptz,
    unique (tenant_id, resource_id, version)
);
create index change_unpublished on change (id) where published_at is null;
create index change_sequence on change (sequence);

create table feed (
    name     text primary key,
    sequence bigint not null
);
insert into feed values ('changes', 0);

create table audit_entry (
    id            bigint generated always as identity primary key,
    tenant_id     uuid        not null,
    connection_id uuid,
    actor         text        not null,
    action        text        not null,
    resource_id   uuid,
    version       bigint,
    status        int         not null,
    command_id    uuid,
    at            timestamptz not null
);
create index audit_entry_resource on audit_entry (tenant_id, resource_id, id);

create table audit_detail (
    audit_id bigint primary key references audit_entry,
    detail   jsonb not null
);

create table subscription (
    tenant_id  uuid        not null references tenant,
    name       text        not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    profile    text        not null,
    types      text[]      not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, name)
);
