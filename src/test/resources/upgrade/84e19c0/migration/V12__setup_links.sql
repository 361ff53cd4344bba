-- Links with which a person of a customer sets up one connection without an account.
create table setup_link (
    id            uuid primary key,
    tenant_id     uuid        not null references tenant,
    connection_id uuid        not null references connection,
    hash          bytea       not null unique,
    created_by    text        not null,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    opened_at     timestamptz,
    revoked_at    timestamptz
);
create index setup_link_connection on setup_link (connection_id);
