-- Which answers of a gateway have been written out: those up to a command, but for some. Only what was not heard may be
-- answered again with the answer of the first attempt.
alter table instance
    add column heard_until uuid,
    add column unheard     uuid[] not null default '{}';

-- What is about no tenant, such as wrong admin tokens.
alter table audit_entry alter column tenant_id drop not null;
