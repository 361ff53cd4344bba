-- Tenant is part of every key. Personal data stands in person.doc and its columns, command_outcome.outcome,
-- change.data and audit_detail.detail, and nowhere else, so that erasure knows where to go.

-- enrolment_cron says when to enrol the users who are not enrolled yet, in the tenant's time zone; enrolment_at is its
-- next time.
create table tenant (
    id             uuid primary key,
    slug           text        not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name           text        not null,
    settings       jsonb       not null default '{}',
    enrolment_cron text,
    enrolment_at   timestamptz,
    created_at     timestamptz not null default now()
);
create index tenant_enrolment on tenant (enrolment_at) where enrolment_at is not null;

-- A removed connection stays until the last of its users is released.
create table connection (
    id         uuid primary key,
    tenant_id  uuid        not null references tenant,
    name       text        not null,
    idp        text        not null,
    settings   jsonb       not null default '{}',
    created_at timestamptz not null default now(),
    removed_at timestamptz
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

-- Extension schemas that a tenant has defined.
create table tenant_schema (
    tenant_id     uuid    not null references tenant,
    urn           text    not null,
    resource_type text    not null,
    required      boolean not null,
    definition    jsonb   not null
);
create unique index tenant_schema_urn on tenant_schema (tenant_id, lower(urn));
