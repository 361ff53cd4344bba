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
create index change_feed on change (tenant_id, sequence) where sequence is not null;

create table feed (
    name     text primary key,
    sequence bigint not null
);
insert into feed values
    ('changes', 0),   -- the last number that was stamped
    ('compacted', 0); -- the place up to which only the last change of each user and group is kept
