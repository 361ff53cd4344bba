-- What happened in each minute, of the gateway as a whole (no tenant) and of each tenant, added up over all instances.
-- The latencies are counts of buckets; see LatencyBuckets. Kept for two days.
create table rate_minute (
    tenant_id uuid references tenant,
    minute    timestamptz not null,
    accepted  bigint      not null,
    applied   bigint      not null,
    refused   bigint      not null,
    events    bigint      not null,
    apply     bigint[]    not null,
    event     bigint[]    not null
);
create unique index rate_minute_tenant on rate_minute (tenant_id, minute) nulls not distinct;
create index rate_minute_age on rate_minute (minute);

-- How far a bootstrap or replay has come: where it began, and how many users, groups or changes it has sent.
alter table catch_up add column origin text not null default '';
alter table catch_up add column sent bigint not null default 0;

-- Users who wait for their enrolment, in pages.
create index person_unenrolled on person (tenant_id, id)
    where enrolled_at is null and active and deleted_at is null and connection_id is not null;
