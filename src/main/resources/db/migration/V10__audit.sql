-- An entry without a tenant is about none, such as one of a wrong admin token.
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
    at            timestamptz not null
);
create index audit_entry_resource on audit_entry (tenant_id, resource_id, id);
create index audit_entry_tenant on audit_entry (tenant_id, id);
create index audit_entry_connection on audit_entry (tenant_id, connection_id, id);
create index audit_entry_action on audit_entry (tenant_id, action, id);

create table audit_detail (
    audit_id bigint primary key references audit_entry,
    detail   jsonb not null
);
