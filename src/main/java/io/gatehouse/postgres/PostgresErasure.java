package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.directory.Erasure;
import io.gatehouse.directory.Person;
import io.gatehouse.lifecycle.Pseudonym;
import io.gatehouse.store.LostRaceException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes the personal data of users: the person, stored outcomes, audit details, the log of
 * changes, conflicts, brake waves, parked commands and signals.
 */
final class PostgresErasure implements Erasure {

  private final JdbcClient jdbc;
  private final Pseudonym pseudonym;

  PostgresErasure(JdbcClient jdbc, Pseudonym pseudonym) {
    this.jdbc = jdbc;
    this.pseudonym = pseudonym;
  }

  @Override
  public void erase(Collection<Person> people) {
    if (!people.isEmpty()) {
      deletePeople(people);
      emptyOutcomes(people);
      deleteAuditDetails(people);
      emptyChanges(people);
      deleteConflicts(people);
      deleteParked(people);
      deleteSignals(people);
      leaveTombstones(people);
      orderSweep(people);
    }
  }

  /**
   * Deletes the rows; the condition of the erasure is checked again in this statement. Memberships
   * are deleted with the row.
   */
  private void deletePeople(Collection<Person> people) {
    int deleted =
        jdbc.sql(
                """
                delete from person p
                 using unnest(?::uuid[], ?::uuid[]) n (tenant_id, id)
                 where p.tenant_id = n.tenant_id and p.id = n.id
                   and not p.active and p.purge_after <= now() and p.held_at is null
                """)
            .param(array("uuid", people, Person::tenant))
            .param(array("uuid", people, Person::id))
            .update();
    if (deleted != people.size()) {
      throw new LostRaceException("the erasure of a user is not due any more");
    }
  }

  /**
   * Empties outcomes with personal data. A create that restored or linked a user has another
   * target; its audit entry has the user's id. A refusal may quote text of the IdP.
   */
  private void emptyOutcomes(Collection<Person> people) {
    jdbc.sql(
            """
            update command_outcome c
               set outcome = null
             where jsonb_exists_any(c.outcome, array['resource', 'detail'])
               and c.command_id in (select t.command_id
                                      from command_outcome t
                                     where t.target = any(:ids)
                                     union all
                                    select e.command_id
                                      from unnest(:tenants, :ids) n (tenant_id, id)
                                      join audit_entry e on e.tenant_id = n.tenant_id and e.resource_id = n.id)
            """)
        .param("tenants", array("uuid", people, Person::tenant))
        .param("ids", array("uuid", people, Person::id))
        .update();
  }

  /**
   * Deletes parked commands; a parked create has a target of its own and is found by the userName.
   */
  private void deleteParked(Collection<Person> people) {
    jdbc.sql(
            """
            delete from parked_command p
             using unnest(?::uuid[], ?::uuid[], ?::text[]) n (tenant_id, id, user_name_key)
             where p.tenant_id = n.tenant_id
               and (p.target = n.id or lower(p.envelope #>> '{resource,userName}') = n.user_name_key)
            """)
        .param(array("uuid", people, Person::tenant))
        .param(array("uuid", people, Person::id))
        .param(array("text", people, Person::userNameKey))
        .update();
  }

  private void deleteSignals(Collection<Person> people) {
    jdbc.sql(
            """
            delete from inbox i
             using unnest(?::uuid[], ?::text[], ?::text[]) n (connection_id, idp_id, user_name_key)
             where i.connection_id = n.connection_id and i.done_at is null
               and (i.signal ->> 'id' = n.idp_id
                    or n.user_name_key in (lower(i.signal ->> 'login'),
                                           lower(i.signal #>> '{resource,userName}')))
            """)
        .param(array("uuid", people, Person::connection))
        .param(array("text", people, PostgresErasure::idpId))
        .param(array("text", people, Person::userNameKey))
        .update();
  }

  /** The id of the user in signals: the known IdP id, else the externalId. */
  private static @Nullable String idpId(Person person) {
    String learned = person.provenance().idpId();
    return learned == null ? person.externalId() : learned;
  }

  private void deleteAuditDetails(Collection<Person> people) {
    jdbc.sql(
            """
            delete from audit_detail d
             using unnest(?::uuid[], ?::uuid[]) n (tenant_id, id)
              join audit_entry e on e.tenant_id = n.tenant_id and e.resource_id = n.id
             where d.audit_id = e.id
            """)
        .param(array("uuid", people, Person::tenant))
        .param(array("uuid", people, Person::id))
        .update();
  }

  /** Removes the personal data from changes; the changes themselves stay in the log. */
  private void emptyChanges(Collection<Person> people) {
    jdbc.sql(
            """
            update change c
               set data = c.data - 'resource' - 'changes'
              from unnest(?::uuid[], ?::uuid[]) n (tenant_id, id)
             where c.tenant_id = n.tenant_id and c.resource_id = n.id
            """)
        .param(array("uuid", people, Person::tenant))
        .param(array("uuid", people, Person::id))
        .update();
  }

  private void deleteConflicts(Collection<Person> people) {
    jdbc.sql(
            """
            delete from link_conflict c
             using unnest(?::uuid[], ?::uuid[], ?::text[]) n (tenant_id, id, user_name_key)
             where c.tenant_id = n.tenant_id
               and (c.candidates @> array[n.id] or c.user_name_key = n.user_name_key)
            """)
        .param(array("uuid", people, Person::tenant))
        .param(array("uuid", people, Person::id))
        .param(array("text", people, Person::userNameKey))
        .update();
    jdbc.sql("delete from brake_wave where person_id = any(?::uuid[])")
        .param(array("uuid", people, Person::id))
        .update();
  }

  private void leaveTombstones(Collection<Person> people) {
    jdbc.sql(
            """
            insert into tombstone (tenant_id, id, name_hash, version)
            select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::bigint[])
            """)
        .param(array("uuid", people, Person::tenant))
        .param(array("uuid", people, Person::id))
        .param(array("text", people, it -> pseudonym.of(it.tenant(), it.userNameKey())))
        .param(array("bigint", people, it -> it.version() + 1))
        .update();
  }

  /** Requests the sweep of dead letters, because the broker is not part of this transaction. */
  private void orderSweep(Collection<Person> people) {
    jdbc.sql(
            """
            insert into dead_letter_sweep (tenant_id, person_id)
            select * from unnest(?::uuid[], ?::uuid[])
            on conflict do nothing
            """)
        .param(array("uuid", people, Person::tenant))
        .param(array("uuid", people, Person::id))
        .update();
  }
}
