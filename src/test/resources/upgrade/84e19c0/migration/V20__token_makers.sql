-- A token of the admin API is worth no more than the administrator, or the token, that made it. Both are null for one that the
-- admin token of the data folder made.
alter table api_token
    add column maker_id  uuid references administrator,
    add column parent_id uuid references api_token,
    add column name_key  text;
update api_token t set maker_id = a.id from administrator a where t.created_by = 'admin:' || a.name;
update api_token set name_key = lower(name);
alter table api_token alter column name_key set not null;
create index api_token_parent on api_token (parent_id);
