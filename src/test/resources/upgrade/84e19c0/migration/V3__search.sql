-- What filters and sorting read out of a document. A value of another type than it should have counts as absent, and
-- never breaks a query.

create function scim_text(value jsonb) returns text language sql immutable parallel safe as
$$ select case when jsonb_typeof(value) = 'string' then value #>> '{}' end $$;

create function scim_number(value jsonb) returns numeric language sql immutable parallel safe as
$$ select case when jsonb_typeof(value) = 'number' then value::numeric end $$;

create function scim_boolean(value jsonb) returns boolean language sql immutable parallel safe as
$$ select case when jsonb_typeof(value) = 'boolean' then value::boolean end $$;

create function scim_array(value jsonb) returns jsonb language sql immutable parallel safe as
$$ select case when jsonb_typeof(value) = 'array' then value else '[]' end $$;

create function scim_present(value jsonb) returns boolean language sql immutable parallel safe as
$$ select coalesce(value, 'null') not in ('null', '""', '[]', '{}') $$;

-- A dateTime with an offset, to the microsecond. The form and the number of days are looked at first, because a cast
-- that fails would end the query.
create function scim_time(value jsonb) returns timestamptz language plpgsql immutable strict parallel safe as
$$
declare
    given constant text := value #>> '{}';
begin
    if jsonb_typeof(value) = 'string'
        and given ~* '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)$'
        and substr(given, 9, 2)::int <= extract(day from
            make_date(substr(given, 1, 4)::int, substr(given, 6, 2)::int, 1) + interval '1 month - 1 day')
    then
        return regexp_replace(given, '(\.[0-9]{6})[0-9]+', '\1')::timestamptz;
    end if;
    return null;
end
$$;
