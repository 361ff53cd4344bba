-- Enrolment is an administrator's act, and a legal hold stops erasure.
alter table person
    add column enrolled_at timestamptz,
    add column held_at     timestamptz;
create index person_purge on person (purge_after) where purge_after is not null;
create index person_deactivated on person (tenant_id, connection_id, deactivated_at) where deactivated_at is not null;

-- Only somebody whom no connection controls is ever looked for by e-mail.
drop index person_email;
create index person_unmanaged_email on person (tenant_id, email_key) where connection_id is null and deleted_at is null;

-- An administrator's command has no connection. The target finds what erasure has to empty.
alter table command_outcome
    alter column connection_id drop not null,
    add column target uuid;
create index command_outcome_target on command_outcome (target);
create index command_outcome_age on command_outcome using brin (created_at);

-- Who was erased, without saying who it was: a hash with a key that is not in the database.
create table tombstone (
    tenant_id uuid        not null references tenant,
    id        uuid        not null,
    name_hash text        not null,
    version   bigint      not null,
    erased_at timestamptz not null default now(),
    primary key (tenant_id, id)
);
create index tombstone_name on tombstone (tenant_id, name_hash);

-- A brake that has been tripped: nobody of the connection leaves until an administrator has decided.
create table brake (
    connection_id uuid primary key references connection,
    tripped_at    timestamptz not null,
    verdict       text check (verdict in ('allowed', 'rejected')),
    until         timestamptz,
    check ((verdict is null) = (until is null))
);

-- Whose leaving the brake has refused.
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

-- When to enrol those who are not enrolled yet: a cron expression in the tenant's time zone, and its next time.
alter table tenant
    add column enrolment_cron text,
    add column enrolment_at   timestamptz;
create index tenant_enrolment on tenant (enrolment_at) where enrolment_at is not null;

-- How administrators look for people: by state, by the beginning of a userName, and in the audit log.
create index person_unmanaged on person (tenant_id, id) where connection_id is null and deleted_at is null;
create index person_inactive on person (tenant_id, id) where not active;
create index person_inactive_of on person (tenant_id, connection_id, id) where not active;
create index person_user_name_prefix on person (tenant_id, user_name_key collate "C", id);
create index audit_entry_tenant on audit_entry (tenant_id, id);
create index audit_entry_connection on audit_entry (tenant_id, connection_id, id);
create index audit_entry_action on audit_entry (tenant_id, action, id);
