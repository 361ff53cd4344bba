-- Enrolments of many, which go on in steps. pending are the people whose commands are on their way; what was asked for
-- may name people and is forgotten at the end.
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
