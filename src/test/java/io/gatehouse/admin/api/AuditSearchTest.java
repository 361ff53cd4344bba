package io.gatehouse.admin.api;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/** Searching in the audit log, and the files of what was found. */
class AuditSearchTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @Test
  void findsByEachCriterion() {
    UUID ada = idp.create(user("ada@example.com")).id();
    idp.create(user("ada@example.com"));
    gateway.admin("PUT", "/users/" + ada + "/hold", null);

    assertThat(actions("")).contains("tenant.create", "user.create", "user.hold");
    assertThat(actions("&actor=idp")).containsOnly("user.create").hasSize(2);
    assertThat(actions("&actor=idp:standard")).hasSize(2);
    assertThat(actions("&actor=admin")).contains("user.hold").doesNotContain("user.create");
    assertThat(actions("&resource=" + ada)).contains("user.create", "user.hold");
    assertThat(actions("&connection=" + idp.connection())).contains("user.create");
    assertThat(actions("&action=user.create&outcome=refused")).hasSize(1);
    assertThat(actions("&action=user.create&outcome=done")).hasSize(1);
    assertThat(actions("&outcome=failed")).isEmpty();
    assertThat(actions("&from=2000-01-01T00:00:00Z")).isNotEmpty();
    assertThat(actions("&from=2999-01-01T00:00:00Z")).isEmpty();
    assertThat(actions("&until=2000-01-01T00:00:00Z")).isEmpty();
    assertThat(actions("&until=2999-01-01T00:00:00Z")).contains("user.hold");
    Answer wrong = gateway.admin("GET", "/audit?tenant=" + idp.tenant() + "&outcome=good", null);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().path("detail").asText()).contains("'done', 'refused' or 'failed'");
  }

  @Test
  void beginsAtTheEndOfTheTime() {
    for (int i = 0; i < 6; i++) {
      idp.create(user("user" + i + "@example.com"));
    }
    gateway.sql(
        """
        do $$ begin
        alter table audit_entry disable trigger append_only;
        update audit_entry e set at = timestamptz '2020-01-01Z' + n * interval '1 day'
          from (select id, row_number() over (order by id) n from audit_entry
                 where tenant_id = (select id from tenant where slug = '%s')) a
         where a.id = e.id;
        alter table audit_entry enable trigger append_only;
        end $$
        """
            .formatted(idp.tenant()));

    assertThat(actions("&until=2020-01-05T00:00:00Z")).hasSize(3);
    assertThat(actions("&from=2020-01-03T00:00:00Z&until=2020-01-05T00:00:00Z")).hasSize(2);
  }

  /**
   * A verification reads the whole log, so that a few impatient auditors would stop the gateway.
   */
  @Test
  void verifiesOnceAtATime() throws Exception {
    var owner = gateway.bean(FlywayConnectionDetails.class);
    try (Connection lock =
        DriverManager.getConnection(owner.getJdbcUrl(), owner.getUsername(), owner.getPassword())) {
      lock.setAutoCommit(false);
      lock.createStatement().execute("lock table audit_head in access exclusive mode");
      var one = CompletableFuture.supplyAsync(this::verified);
      var other = CompletableFuture.supplyAsync(this::verified);
      Answer second = (Answer) CompletableFuture.anyOf(one, other).get(20, TimeUnit.SECONDS);
      assertThat(second.status()).isEqualTo(503);
      assertThat(second.json().path("detail").asText()).contains("verified already");
      lock.rollback();
      assertThat(List.of(one.get().status(), other.get().status()))
          .containsExactlyInAnyOrder(200, 503);
    }
    assertThat(verified().status()).isEqualTo(200);
  }

  private Answer verified() {
    return gateway.admin("GET", "/audit/verify?tenant=" + idp.tenant(), null);
  }

  @Test
  void writesTheEntriesThatWereFound() throws Exception {
    idp.create(user("ada@example.com"));
    gateway.admin(
        "PATCH",
        "/tenants/" + idp.tenant() + "?reason=%3DHYPERLINK(1)",
        Json.object().set("settings", Json.object()));

    Answer csv = gateway.admin("GET", "/audit.csv?tenant=" + idp.tenant(), null);
    Answer lines = gateway.admin("GET", "/audit.ndjson?actor=idp&tenant=" + idp.tenant(), null);

    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.header("Content-Disposition")).contains("audit.csv");
    assertThat(csv.http().body())
        .startsWith("id,at,actor,action,status,")
        .contains(",idp:standard,user.create,201,", ",'=HYPERLINK(1),")
        .doesNotContain(",=HYPERLINK");
    List<JsonNode> entries = new ArrayList<>();
    for (String line : lines.http().body().lines().toList()) {
      entries.add(Json.MAPPER.readTree(line));
    }
    assertThat(entries).extracting(it -> it.path("action").asText()).containsExactly("user.create");
    assertThat(entries.get(0).path("address").asText()).isEqualTo("127.0.0.1");
  }

  @Test
  void givesThemOfNoTenantToAdministratorsOfAllOnly() {
    assertThat(gateway.admin("GET", "/audit.ndjson", null).status()).isEqualTo(200);
    assertThat(gateway.admin("GET", "/audit/verify", null).json().path("ok").asBoolean()).isTrue();
    assertThat(gateway.admin("GET", "/audit/verify?tenant=nothing", null).status()).isEqualTo(400);
  }

  private List<String> actions(String criteria) {
    Answer answer = gateway.admin("GET", "/audit?tenant=" + idp.tenant() + criteria, null);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    List<String> actions = new ArrayList<>();
    answer.json().path("entries").forEach(it -> actions.add(it.path("action").asText()));
    return actions;
  }
}
