-- search is the document in the form in which it is searched: names and strings folded by the gateway, so that no
-- collation of the database decides what is equal. Enrolment is an administrator's act, and a legal hold stops erasure.
create table person (
    tenant_id      uuid        not null references tenant,
    id             uuid        not null,
    connection_id  uuid references connection,
    user_name      text        not null,
    user_name_key  text        not null,
    external_id    text,
    idp_id         text,
    email_key      text,
    active         boolean     not null,
    enrolled_at    timestamptz,
    deactivated_at timestamptz,
    held_at        timestamptz,
    purge_after    timestamptz,
    deleted_at     timestamptz,
    doc            jsonb       not null,
    search         jsonb       not null,
    version        bigint      not null,
    source_time    timestamptz,
    created_at     timestamptz not null,
    modified_at    timestamptz not null,
    primary key (tenant_id, id)
);

-- How IdPs find users.
create unique index person_user_name on person (tenant_id, user_name_key) where deleted_at is null;
create index person_deleted on person (tenant_id, user_name_key) where deleted_at is not null;
create index person_external_id on person (tenant_id, connection_id, external_id);
create index person_idp_id on person (tenant_id, connection_id, idp_id) where idp_id is not null;
create index person_listed on person (tenant_id, connection_id, id) where deleted_at is null;
create index person_search on person using gin (search jsonb_path_ops);

-- Only users whom no connection controls are ever looked for by e-mail.
create index person_unmanaged_email on person (tenant_id, email_key) where connection_id is null and deleted_at is null;

-- How the clock finds users.
create index person_purge on person (purge_after) where purge_after is not null;
create index person_deactivated on person (tenant_id, connection_id, deactivated_at) where deactivated_at is not null;

-- How administrators look for users: by state, and by the beginning of a userName.
create index person_unmanaged on person (tenant_id, id) where connection_id is null and deleted_at is null;
create index person_inactive on person (tenant_id, id) where not active;
create index person_inactive_of on person (tenant_id, connection_id, id) where not active;
create index person_user_name_prefix on person (tenant_id, user_name_key collate "C", id);

create table person_group (
    tenant_id        uuid        not null references tenant,
    id               uuid        not null,
    connection_id    uuid        not null references connection,
    display_name     text        not null,
    display_name_key text        not null,
    external_id      text,
    doc              jsonb       not null,
    search           jsonb       not null,
    version          bigint      not null,
    created_at       timestamptz not null,
    modified_at      timestamptz not null,
    primary key (tenant_id, id)
);
create unique index person_group_display_name on person_group (tenant_id, connection_id, display_name_key);
create index person_group_external_id on person_group (tenant_id, connection_id, external_id);
create index person_group_listed on person_group (tenant_id, connection_id, id);

-- The groups with values of an extension. The users with such values are in the index of person.search.
create index person_group_extended on person_group (tenant_id, id) where jsonb_array_length(doc -> 'schemas') > 1;

-- A member is a user or a group. display is what the client called it, if it did.
create table membership (
    tenant_id   uuid not null,
    group_id    uuid not null,
    member_id   uuid not null,
    user_id     uuid,
    subgroup_id uuid,
    display     text,
    primary key (tenant_id, group_id, member_id),
    check (num_nonnulls(user_id, subgroup_id) = 1 and member_id = coalesce(user_id, subgroup_id)),
    foreign key (tenant_id, group_id) references person_group on delete cascade,
    foreign key (tenant_id, user_id) references person (tenant_id, id) on delete cascade,
    foreign key (tenant_id, subgroup_id) references person_group on delete cascade
);
create index membership_user on membership (tenant_id, user_id) where user_id is not null;
create index membership_subgroup on membership (tenant_id, subgroup_id) where subgroup_id is not null;

-- The members that SCIM shows: a user who is deleted, or not of the connection any more, is out until that ends.
create view group_member as
select m.tenant_id, m.group_id, m.member_id, 'User' as type,
       coalesce(m.display, p.doc ->> 'displayName', p.doc #>> '{name,formatted}', p.user_name) as display
  from membership m
  join person_group g on g.tenant_id = m.tenant_id and g.id = m.group_id
  join person p on p.tenant_id = m.tenant_id and p.id = m.user_id
 where p.deleted_at is null and p.connection_id = g.connection_id
union all
select m.tenant_id, m.group_id, m.member_id, 'Group', coalesce(m.display, s.display_name)
  from membership m
  join person_group s on s.tenant_id = m.tenant_id and s.id = m.subgroup_id;

-- The groups that a user belongs to directly.
create view user_group as
select m.tenant_id, m.user_id, g.id as group_id, g.display_name, g.display_name_key
  from membership m
  join person_group g on g.tenant_id = m.tenant_id and g.id = m.group_id
 where m.user_id is not null;
