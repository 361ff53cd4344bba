-- Extensions of tenants that were deleted or narrowed. While one is running, or has ended within a day, values that the
-- extension does not define any more are shown to nobody and taken from nobody; the job drops those that are stored, in
-- the order of the ids. What the log of changes has of them is hidden for ever, so the last row of each extension stays. total
-- was counted to a limit. pending are the resources whose commands are on their way.
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

-- Those of users are in the index of person.search.
create index person_group_extended on person_group (tenant_id, id) where jsonb_array_length(doc -> 'schemas') > 1;
