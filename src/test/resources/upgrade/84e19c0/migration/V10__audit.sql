-- An entry without a tenant is about none, such as one of a wrong admin token. No row has personal data; that stands in
-- audit_detail and audit_origin.
create table audit_entry (
    id            bigint generated always as identity primary key,
    tenant_id     uuid,
    connection_id uuid,
    actor         text        not null,
    action        text        not null,
    resource_id   uuid,
    version       bigint,
    status        int         not null,
    command_id    uuid,
    origin_id     uuid,
    at            timestamptz not null
);
create index audit_entry_resource on audit_entry (tenant_id, resource_id, id);
create index audit_entry_tenant on audit_entry (tenant_id, id);
create index audit_entry_connection on audit_entry (tenant_id, connection_id, id);
create index audit_entry_action on audit_entry (tenant_id, action, id);

-- The salt goes into the hash of the detail. It is deleted together with it, so that the hash reveals nothing afterwards.
create table audit_detail (
    audit_id bigint primary key,
    detail   jsonb not null,
    salt     uuid  not null default gen_random_uuid()
);

-- Where calls came from: one row for each address and credential. The id is a keyed hash of both.
create table audit_origin (
    id         uuid primary key,
    address    text,
    credential text
);

-- Entries that are not in a chain yet. Rows are inserted with the entry and deleted by the job that chains; the table
-- is small and has no index, so that a write costs little.
create table audit_pending (
    audit_id bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- One chain for each tenant, and one without a tenant. Each hash covers the one before it.
create table audit_chain (
    tenant_id   uuid,
    sequence    bigint not null,
    audit_id    bigint not null unique,
    content     bytea  not null,
    detail_hash bytea,
    hash        bytea  not null,
    unique nulls not distinct (tenant_id, sequence)
);

create table audit_head (
    tenant_id uuid,
    sequence  bigint not null,
    hash      bytea  not null,
    unique nulls not distinct (tenant_id)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit_chain
    for each statement execute function refuse_change();
-- An erasure deletes details.
create trigger append_only before update or truncate on audit_detail
    for each statement execute function refuse_change();
create trigger append_only before update or truncate on audit_origin
    for each statement execute function refuse_change();
