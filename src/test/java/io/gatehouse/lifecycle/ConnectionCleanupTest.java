package io.gatehouse.lifecycle;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A removed connection lets nobody in, and leaves its people to nobody. */
class ConnectionCleanupTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");
  private final UUID ada = idp.create(user("ada@example.com")).id();
  private final UUID sam = idp.create(user("sam@example.com")).id();

  @Test
  void isNotFoundAndLetsNobodyIn() {
    remove();

    assertThat(idp.get(ada).status()).isEqualTo(401);
    assertThat(gateway.admin("GET", "/connections/" + idp.connection(), null).status())
        .isEqualTo(404);
    assertThat(gateway.admin("DELETE", "/connections/" + idp.connection(), null).status())
        .isEqualTo(404);
  }

  @Test
  void releasesItsPeopleAlsoThoseWhoLeftAndDeletesItsGroups() throws Exception {
    idp.createGroup("Nurses", ada);
    idp.delete(sam);
    String deadline = register(sam, "purgeAfter");
    try (Subscriber hr = Subscriber.of(gateway.subscription(idp.tenant(), "hr"))) {
      remove();

      farewell();

      await().until(() -> register(ada, "state").equals("unmanaged"));
      assertThat(hr.all())
          .extracting(it -> it.path("type").asText())
          .filteredOn(it -> it.contains("deleted") || it.contains("updated"))
          .containsExactlyInAnyOrder(
              "gatehouse.group.deleted.v1",
              "gatehouse.user.updated.v1",
              "gatehouse.user.updated.v1");
      assertThat(register(sam, "purgeAfter")).isEqualTo(deadline);
    }
  }

  @Test
  void linksThemWhenTheyComeByAnotherConnection() {
    remove();
    farewell();
    await().until(() -> register(ada, "state").equals("unmanaged"));

    ScimClient entra = gateway.connection(idp.tenant(), "entra");

    assertThat(entra.create(user("ada@example.com")).id()).isEqualTo(ada);
  }

  @Test
  void isKeptByNothingElseThanItsUsersAndGroups() {
    assertThat(
            gateway
                .owner()
                .sql(
                    """
                    select conrelid::regclass::text from pg_constraint
                     where contype = 'f' and confrelid = 'connection'::regclass and confdeltype <> 'c'
                    """)
                .query(String.class)
                .set())
        .containsExactlyInAnyOrder("person", "person_group");
  }

  @Test
  void isForgottenWhenNothingIsLeftOfIt() {
    gateway.admin(
        "POST", "/connections/" + idp.connection() + "/setup-links", Json.object().put("hours", 1));
    assertThat(count("setup_link")).isOne();
    remove();
    farewell();
    await().until(() -> count("person") == 0);
    gateway.sql(
        "update connection set removed_at = now() - interval '2 minutes' where id = ?",
        UUID.fromString(idp.connection()));

    farewell();

    await().until(() -> count("connection_token") == 0);
  }

  private void remove() {
    assertThat(gateway.admin("DELETE", "/connections/" + idp.connection(), null).status())
        .isEqualTo(204);
  }

  private void farewell() {
    gateway.bean(ConnectionCleanup.class).run();
  }

  private String register(UUID id, String field) {
    return gateway.admin("GET", "/users/" + id, null).json().path(field).asText();
  }

  private int count(String table) {
    return gateway
        .bean(JdbcClient.class)
        .sql("select count(*) from " + table + " where connection_id = ?")
        .param(UUID.fromString(idp.connection()))
        .query(Integer.class)
        .single();
  }
}
