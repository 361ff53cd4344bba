-- What the IdP sent of a newcomer who was not linked, of the attributes by which a person is recognised, so that an
-- administrator can compare. It is kept as long as the conflict, and not when there is a user who has these values.
alter table link_conflict add column sent jsonb;
