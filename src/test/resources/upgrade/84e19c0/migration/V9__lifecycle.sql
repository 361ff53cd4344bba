-- That a user was erased, without saying who it was: a hash with a key that is not in the database.
create table tombstone (
    tenant_id uuid        not null references tenant,
    id        uuid        not null,
    name_hash text        not null,
    version   bigint      not null,
    erased_at timestamptz not null default now(),
    primary key (tenant_id, id)
);
create index tombstone_name on tombstone (tenant_id, name_hash);

-- A brake that has been tripped: no user of the connection leaves until an administrator has decided.
create table brake (
    connection_id uuid primary key references connection,
    tripped_at    timestamptz not null,
    verdict       text check (verdict in ('allowed', 'rejected')),
    until         timestamptz,
    check ((verdict is null) = (until is null))
);

-- Users whose leaving the brake has refused.
create table brake_wave (
    connection_id uuid        not null references brake on delete cascade,
    person_id     uuid        not null,
    refused_at    timestamptz not null default now(),
    primary key (connection_id, person_id)
);

-- Newcomers that were not linked because it is not certain to whom; the IdP asks again, the administrator chooses.
create table link_conflict (
    id            uuid primary key,
    tenant_id     uuid        not null references tenant,
    connection_id uuid        not null references connection,
    user_name_key text        not null,
    candidates    uuid[]      not null,
    reason        text        not null,
    chosen        uuid,
    first_at      timestamptz not null default now(),
    last_at       timestamptz not null default now(),
    unique (tenant_id, connection_id, user_name_key)
);
create index link_conflict_candidates on link_conflict using gin (candidates);

-- Enrolments of many users, which go on in steps. pending are the users whose commands are on their way; what was asked
-- for may name users and is forgotten at the end.
create table enrolment (
    id         uuid primary key,
    tenant_id  uuid        not null references tenant,
    actor      text        not null,
    filter     text,
    state      text        not null check (state in ('running', 'done', 'failed')),
    total      bigint      not null,
    done       bigint      not null default 0,
    refused    bigint      not null default 0,
    after_id   uuid,
    pending    uuid[]      not null default '{}',
    started_at timestamptz not null default now(),
    ended_at   timestamptz
);
create unique index enrolment_running on enrolment (tenant_id) where state = 'running';
create index enrolment_tenant on enrolment (tenant_id, started_at);

-- Extensions of tenants that were deleted or narrowed. While one is running, or has ended within a day, values that the
-- extension does not define any more are shown to no client and taken from none; the job drops those that are stored, in
-- the order of the ids. What the log of changes has of them is hidden for ever, so the last row of each extension stays.
-- total was counted to a limit. pending are the resources whose commands are on their way.
create table schema_change (
    id            uuid primary key,
    tenant_id     uuid        not null references tenant,
    urn           text        not null,
    resource_type text        not null,
    actor         text        not null,
    state         text        not null check (state in ('running', 'done', 'failed')),
    total         bigint      not null,
    done          bigint      not null default 0,
    failed        bigint      not null default 0,
    after_id      uuid,
    scanned       boolean     not null default false,
    pending       uuid[]      not null default '{}',
    started_at    timestamptz not null default now(),
    ended_at      timestamptz
);
create unique index schema_change_running on schema_change (tenant_id, lower(urn)) where state = 'running';
create index schema_change_tenant on schema_change (tenant_id, started_at);
