package io.gatehouse.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the database says about somebody after a duel.
 *
 * @param present whether there is a row
 * @param alive whether it is active and shown, without a deadline, at the version of its last
 *     change
 * @param buried whether there is a tombstone, of the version of the last change
 * @param changes how many
 * @param last the version of the last change; with the number it says whether there is a gap
 * @param erasures how many changes announce that the person is erased
 * @param remains outcomes, audit details and changes that still say who it was
 * @param namesakes how many hold the userName
 */
record Aftermath(
    UUID id,
    boolean present,
    boolean alive,
    boolean buried,
    long changes,
    long last,
    long erasures,
    long remains,
    long namesakes) {

  private static final String SQL =
      """
      select n.id, p.id is not null as present,
             coalesce(p.active and p.purge_after is null and p.deactivated_at is null and p.deleted_at is null
                      and (p.doc ->> 'active')::boolean and p.version = c.last, false) as alive,
             coalesce(t.version = c.last, false) as buried, c.changes, c.last, c.erasures,
             c.told + (select count(*) from command_outcome o
                        where o.target = n.id and jsonb_exists(o.outcome, 'resource'))
                    + (select count(*) from audit_entry e
                         join command_outcome o on o.command_id = e.command_id
                        where e.resource_id = n.id and jsonb_exists(o.outcome, 'resource'))
                    + (select count(*) from audit_entry e
                         join audit_detail d on d.audit_id = e.id
                        where e.resource_id = n.id and jsonb_exists(d.detail, 'changes')) as remains,
             (select count(*) from person h
               where h.tenant_id = ?::uuid and h.user_name_key = n.name and h.deleted_at is null) as namesakes
        from unnest(?::uuid[], ?::text[]) n (id, name)
        left join person p on p.tenant_id = ?::uuid and p.id = n.id
        left join tombstone t on t.tenant_id = ?::uuid and t.id = n.id
       cross join lateral (
             select count(*) as changes, coalesce(max(version), 0) as last,
                    count(*) filter (where type = 'erased') as erasures,
                    count(*) filter (where jsonb_exists(data, 'resource')) as told
               from change where tenant_id = ?::uuid and resource_id = n.id) c
      """;

  /** Checks that each duel has exactly one winner, and that the loser has left no trace. */
  static void check(Gateway gateway, UUID tenant, List<Duel> duels) {
    duels.forEach(Aftermath::checkOutcomes);
    List<Duel> successes = duels.stream().filter(Duel::hasLiving).toList();
    of(gateway, tenant, successes, Duel::living)
        .forEach((duel, it) -> assertThat(it.isAliveAndAlone()).as("%s: %s", it, duel).isTrue());
    List<Duel> erasures = duels.stream().filter(Duel::erased).toList();
    of(gateway, tenant, erasures, Duel::person)
        .forEach((duel, it) -> assertThat(it.isGone(duel)).as("%s: %s", it, duel).isTrue());
    assertThat(ghosts(gateway, tenant)).as("active with a deadline, or alive and buried").isZero();
  }

  private static void checkOutcomes(Duel duel) {
    assertThat(duel.purge().status()).as("%s", duel).isIn(204, 409);
    assertThat(duel.rival().status())
        .as("%s", duel)
        .isEqualTo(duel.plan().rival().status(duel.erased()));
    if (duel.plan().edge() == Plan.Edge.MISSED) {
      assertThat(duel.erased()).as("before the deadline: %s", duel).isFalse();
    }
    if (duel.hasLiving()) {
      assertThat(duel.living().equals(duel.person())).as("%s", duel).isEqualTo(!duel.erased());
    }
  }

  private boolean isAliveAndAlone() {
    return alive && !buried && changes == last && erasures == 0 && namesakes == 1;
  }

  private boolean isGone(Duel duel) {
    return !present
        && buried
        && changes == last
        && erasures == 1
        && remains == 0
        && namesakes == (duel.hasLiving() ? 1 : 0);
  }

  private static Map<Duel, Aftermath> of(
      Gateway gateway, UUID tenant, List<Duel> duels, Function<Duel, UUID> whom) {
    Map<UUID, Aftermath> people =
        gateway
            .bean(JdbcClient.class)
            .sql(SQL)
            .param(tenant)
            .param(duels.stream().map(whom).toArray(UUID[]::new))
            .param(duels.stream().map(Duel::userName).toArray(String[]::new))
            .params(tenant, tenant, tenant)
            .query(new DataClassRowMapper<>(Aftermath.class))
            .list()
            .stream()
            .collect(Collectors.toMap(Aftermath::id, it -> it));
    return duels.stream().collect(Collectors.toMap(it -> it, it -> people.get(whom.apply(it))));
  }

  private static long ghosts(Gateway gateway, UUID tenant) {
    return gateway
        .bean(JdbcClient.class)
        .sql(
            """
            select count(*) from person p
             where p.tenant_id = ?
               and (p.active and p.purge_after is not null
                    or exists (select from tombstone t where t.tenant_id = p.tenant_id and t.id = p.id))
            """)
        .param(tenant)
        .query(Long.class)
        .single();
  }
}
