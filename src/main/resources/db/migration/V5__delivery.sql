-- What is sent to one subscriber only: the present state of everything (bootstrap), or a part of the log (replay).
-- A job is done page by page, and goes on where it stopped.
create table catch_up (
    id          uuid        primary key,
    tenant_id   uuid        not null,
    name        text        not null,
    kind        text        not null check (kind in ('bootstrap', 'replay')),
    resource_id uuid,
    stage       text        not null,
    position    text        not null default '',
    until       bigint      not null,
    requested_at timestamptz not null default now(),
    foreign key (tenant_id, name) references subscription on delete cascade
);
create index change_feed on change (tenant_id, sequence) where sequence is not null;
