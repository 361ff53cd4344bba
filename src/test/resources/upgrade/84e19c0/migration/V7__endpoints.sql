-- Outbound webhooks, for subscribers without a broker client. Nothing here is about a person: an errand names the
-- change that it is about, and the event is made from the log at each attempt. Until paused_until, the receiver wants
-- nothing at all (Retry-After).
create table endpoint (
    id               uuid primary key,
    tenant_id        uuid        not null references tenant,
    name             text        not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    url              text        not null,
    profile          text        not null,
    types            text[]      not null,
    ordered          boolean     not null,
    position         bigint      not null,
    disabled_because text,
    paused_until     timestamptz,
    struggling       boolean     not null default false,
    last_success_at  timestamptz,
    last_problem_at  timestamptz,
    last_problem     text,
    created_at       timestamptz not null default now(),
    unique (tenant_id, name)
);

create table endpoint_secret (
    id          uuid primary key,
    endpoint_id uuid        not null references endpoint on delete cascade,
    sealed      text        not null,
    created_at  timestamptz not null default now()
);
create index endpoint_secret_endpoint on endpoint_secret (endpoint_id);

-- An event on its way. What goes from the log goes from here too.
create table errand (
    endpoint_id  uuid        not null references endpoint on delete cascade,
    change_id    bigint      not null references change on delete cascade,
    part         int         not null,
    event_id     uuid        not null,
    resource_id  uuid        not null,
    failures     int         not null default 0,
    due_at       timestamptz not null,
    leased_until timestamptz,
    primary key (endpoint_id, change_id, part)
);
create index errand_due on errand (endpoint_id, due_at, change_id, part);
create index errand_resource on errand (endpoint_id, resource_id, change_id, part);
create index errand_leased on errand (endpoint_id) where leased_until is not null;
create index errand_change on errand (change_id);

create table attempt (
    id          bigint generated always as identity primary key,
    endpoint_id uuid        not null references endpoint on delete cascade,
    change_id   bigint      not null,
    part        int         not null,
    event_id    uuid        not null,
    at          timestamptz not null,
    status      int,
    problem     text,
    millis      bigint      not null
);
create index attempt_latest on attempt (endpoint_id, id);
create index attempt_event on attempt (endpoint_id, event_id);
create index attempt_at on attempt (at);
