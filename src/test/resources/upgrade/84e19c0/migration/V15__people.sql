-- How administrators look for people beyond userNames. A name that is long is cut, because an entry of an index is.
create function person_name(search jsonb) returns text language sql immutable parallel safe as
$$ select left(coalesce(search ->> 'displayname', search #>> '{name,formatted}',
                        (search #>> '{name,givenname}') || ' ' || (search #>> '{name,familyname}')), 100) $$;

create function person_family_name(search jsonb) returns text language sql immutable parallel safe as
$$ select left(search #>> '{name,familyname}', 100) $$;

create index person_name_prefix on person (tenant_id, person_name(search) collate "C", id);
create index person_family_name_prefix on person (tenant_id, person_family_name(search) collate "C", id);

-- Most e-mail addresses are the userName.
create index person_email_prefix on person (tenant_id, email_key collate "C", id) where email_key <> user_name_key;

-- Who leaves next, and who has left together.
create index person_leaver on person (tenant_id, purge_after, id) where purge_after is not null;

-- Groups in the order of their names.
create index person_group_name_prefix on person_group (tenant_id, display_name_key collate "C", id);
