-- When each connection has called last, what it called, and its last error; written every ten seconds at most.
create table connection_activity (
    connection_id   uuid primary key references connection on delete cascade,
    last_call_at    timestamptz not null,
    last_call       text        not null,
    last_success_at timestamptz,
    last_error_at   timestamptz,
    last_error      text
);

-- Finds the latest refusals of a tenant among many entries.
create index audit_entry_refused on audit_entry (tenant_id, id) where status >= 400;
