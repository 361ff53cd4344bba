-- What belongs to a connection is deleted with it; only its users and groups keep it from being deleted.
do $$
declare
    reference record;
begin
    for reference in
        select conrelid::regclass as of_table, conname, pg_get_constraintdef(oid) as definition
          from pg_constraint
         where contype = 'f' and confrelid = 'connection'::regclass and confdeltype = 'a'
           and conrelid not in ('person'::regclass, 'person_group'::regclass)
    loop
        execute format('alter table %s drop constraint %I, add constraint %I %s on delete cascade',
                       reference.of_table, reference.conname, reference.conname, reference.definition);
    end loop;
end $$;
