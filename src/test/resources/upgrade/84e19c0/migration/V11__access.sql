-- Administrators of the portal, their sessions, and the tokens of the admin API.
create table administrator (
    id           uuid primary key,
    name         text        not null,
    name_key     text        not null unique,
    role         text        not null check (role in ('viewer', 'operator', 'auditor', 'admin')),
    tenants      uuid[],
    password     text,
    subject      text unique,
    must_change  boolean     not null default false,
    disabled_at  timestamptz,
    created_at   timestamptz not null default now(),
    signed_in_at timestamptz
);

create table admin_session (
    id               uuid primary key,
    hash             bytea       not null unique,
    administrator_id uuid        not null references administrator on delete cascade,
    opened_at        timestamptz not null,
    seen_at          timestamptz not null,
    confirmed_at     timestamptz not null,
    address          text        not null,
    agent            text        not null
);
create index admin_session_administrator on admin_session (administrator_id);

create table api_token (
    id         uuid primary key,
    name       text        not null,
    hash       bytea       not null unique,
    prefix     text        not null,
    role       text        not null check (role in ('viewer', 'operator', 'auditor', 'admin')),
    tenants    uuid[],
    created_by text        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    revoked_at timestamptz
);
