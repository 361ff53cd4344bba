package io.gatehouse.audit;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.Connections;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** Each change of the audit log behind the gateway's back is found, and the row is named. */
class AuditChainTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");
  private final UUID tenant =
      gateway.bean("connections", Connections.class).tenant(idp.tenant()).orElseThrow().id();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_entry set actor = 'nobody'",
        "delete from audit_entry",
        "truncate audit_entry",
        "update audit_chain set sequence = sequence + 1",
        "delete from audit_chain",
        "update audit_detail set detail = '{}'",
        "truncate audit_detail"
      })
  void refusesEachChangeEvenToTheOwner(String statement) {
    assertThatThrownBy(() -> gateway.sql(statement))
        .isInstanceOf(DataAccessException.class)
        .rootCause()
        .hasMessageContaining("append-only");
  }

  @Test
  void isGoodForWhatTheGatewayWrites() {
    List<Long> ids = someEntries();

    JsonNode result = verified();

    assertThat(result.path("ok").asBoolean()).as(result.toPrettyString()).isTrue();
    assertThat(result.path("checked").asLong()).isEqualTo(ids.size());
    assertThat(result.path("from").asLong()).isEqualTo(1);
    assertThat(result.path("to").asLong()).isEqualTo(ids.size());
  }

  @Test
  void namesAnEntryThatWasChanged() {
    long id = someEntries().get(3);

    behindItsBack("update audit_entry set actor = 'idp:somebody' where id = " + id);

    assertThat(problems()).containsExactly("altered " + id);
  }

  @Test
  void namesAnEntryThatWasRemoved() {
    long id = someEntries().get(3);

    behindItsBack("delete from audit_entry where id = " + id);

    assertThat(problems()).containsExactly("removed " + id);
  }

  @Test
  void namesThePlaceOfAnEntryThatWasRemovedWithItsLink() {
    List<Long> ids = someEntries();

    behindItsBack(
        "delete from audit_chain where audit_id = " + ids.get(3),
        "delete from audit_entry where id = " + ids.get(3));
    assertThat(problems()).containsExactly("removed #4");

    behindItsBack(
        // by way of negative numbers: the rows are not updated in the order of their numbers
        "update audit_chain set sequence = 1 - sequence where sequence > 4 and tenant_id = '%s'"
            .formatted(tenant),
        "update audit_chain set sequence = -sequence where sequence < 0 and tenant_id = '%s'"
            .formatted(tenant),
        "update audit_head set sequence = sequence - 1 where tenant_id = '%s'".formatted(tenant));
    assertThat(problems()).containsExactly("removed #4");
  }

  @Test
  void namesTheNewestEntriesThatWereRemoved() {
    int all = someEntries().size();

    behindItsBack(
        "delete from audit_entry where id in (select audit_id from audit_chain where sequence > %d and tenant_id = '%s')"
            .formatted(all - 2, tenant),
        "delete from audit_chain where sequence > %d and tenant_id = '%s'"
            .formatted(all - 2, tenant));

    assertThat(problems()).containsExactly("removed #" + (all - 1), "removed #" + all);
  }

  @Test
  void findsARewoundChainByTheCheckpoint(@TempDir Path folder) {
    int all = someEntries().size();
    AuditCheckpoints checkpoints = new AuditCheckpoints(gateway.bean(AuditChain.class), folder);
    checkpoints.run();

    behindItsBack(
        "delete from audit_entry where id in (select audit_id from audit_chain where sequence = %d and tenant_id = '%s')"
            .formatted(all, tenant),
        "delete from audit_chain where sequence = %d and tenant_id = '%s'".formatted(all, tenant),
        """
        update audit_head h set sequence = c.sequence, hash = c.hash from audit_chain c
         where h.tenant_id = '%1$s' and c.tenant_id = h.tenant_id and c.sequence = %2$d
        """
            .formatted(tenant, all - 1));

    AuditReport report =
        new AuditVerification(
                gateway.bean(AuditChain.class), gateway.bean(AuditSeal.class), checkpoints)
            .verify(tenant);
    assertThat(report.problems())
        .extracting(it -> it.kind() + " #" + it.sequence())
        .containsExactly("REMOVED #" + all);

    someEntries();
    checkpoints.run();
    assertThat(checkpoints.of(tenant).orElseThrow().sequence()).as("the old one").isEqualTo(all);
    assertThat(folder.resolve("audit-checkpoints")).exists();
  }

  @Test
  void namesAnEntryThatWasInserted() {
    someEntries();

    behindItsBack(
        """
        insert into audit_entry (tenant_id, actor, action, status, at)
        values ('%s', 'admin', 'token.create', 200, now())
        """
            .formatted(tenant));

    long id = ids().get(ids().size() - 1);
    assertThat(problems()).containsExactly("inserted " + id);
  }

  @Test
  void namesAnEntryThatWasInsertedIntoTheChain() {
    someEntries();

    behindItsBack(
        """
        insert into audit_entry (tenant_id, actor, action, status, at)
        values ('%s', 'admin', 'token.create', 200, now())
        """
            .formatted(tenant),
        "update audit_chain set sequence = -sequence where sequence >= 4 and tenant_id = '%s'"
            .formatted(tenant),
        "update audit_chain set sequence = 1 - sequence where sequence < 0 and tenant_id = '%s'"
            .formatted(tenant),
        """
        insert into audit_chain (tenant_id, sequence, audit_id, content, hash)
        select tenant_id, 4, (select max(id) from audit_entry where tenant_id = c.tenant_id), content, hash
          from audit_chain c where tenant_id = '%s' and sequence = 3
        """
            .formatted(tenant),
        "update audit_head set sequence = sequence + 1 where tenant_id = '%s'".formatted(tenant));

    long id = ids().get(ids().size() - 1);
    assertThat(problems()).containsExactly("inserted " + id);
  }

  @Test
  void namesEntriesThatWereExchanged() {
    List<Long> ids = someEntries();
    long one = ids.get(2);
    long other = ids.get(5);

    behindItsBack(
        """
        update audit_entry a
           set (connection_id, actor, action, resource_id, version, status, command_id, origin_id, at)
             = (b.connection_id, b.actor, b.action, b.resource_id, b.version, b.status, b.command_id, b.origin_id, b.at)
          from audit_entry b
         where a.id in (%1$d, %2$d) and b.id in (%1$d, %2$d) and a.id <> b.id
        """
            .formatted(one, other));

    assertThat(problems()).containsExactly("reordered " + one, "reordered " + other);
  }

  @Test
  void namesLinksThatWereExchanged() {
    List<Long> ids = someEntries();
    String link = " where audit_id = %d";

    behindItsBack(
        "update audit_chain set sequence = -1" + link.formatted(ids.get(2)),
        "update audit_chain set sequence = 3" + link.formatted(ids.get(3)),
        "update audit_chain set sequence = 4" + link.formatted(ids.get(2)));

    assertThat(problems())
        .containsExactlyInAnyOrder("reordered " + ids.get(2), "reordered " + ids.get(3));
  }

  @Test
  void namesADetailThatWasChangedOrRemoved() {
    someEntries();
    List<Long> details =
        gateway
            .owner()
            .sql(
                "select audit_id from audit_detail d join audit_entry e on e.id = audit_id"
                    + " where tenant_id = ? order by 1")
            .param(tenant)
            .query(Long.class)
            .list();

    behindItsBack(
        "update audit_detail set detail = '{\"refused\":\"x\"}' where audit_id = " + details.get(0),
        "delete from audit_detail where audit_id = " + details.get(1));

    assertThat(problems())
        .containsExactly("altered " + details.get(0), "removed " + details.get(1));
  }

  @Test
  void staysGoodWhenAUserIsErased() {
    UUID ada = idp.create(user("ada@example.com")).id();
    idp.patch(ada, "{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Countess\"}");
    UUID other = idp.create(user("grace@example.com")).id();
    idp.patch(other, "{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Admiral\"}");
    idp.patch(ada, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");
    ids();
    assertThat(gateway.admin("POST", "/users/" + ada + "/erase", null).status()).isEqualTo(204);

    assertThat(problems()).isEmpty();
    assertThat(details(ada)).isZero();

    behindItsBack(
        "delete from audit_detail where audit_id in (select id from audit_entry where resource_id = '%s')"
            .formatted(other));
    assertThat(problems()).isNotEmpty().allMatch(it -> it.startsWith("removed "));
  }

  @Test
  void leavesOutNobodyOfThoseWhoWriteAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Integer>> writes = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      String name = "user" + i + "@example.com";
      writes.add(() -> idp.create(user(name)).status());
    }
    for (var status : threads.invokeAll(writes)) {
      assertThat(status.get()).isEqualTo(201);
    }
    threads.shutdown();

    List<Long> ids = ids();
    JsonNode result = verified();
    assertThat(result.path("ok").asBoolean()).as(result.toPrettyString()).isTrue();
    assertThat(result.path("checked").asLong()).isEqualTo(ids.size()).isGreaterThanOrEqualTo(64);
  }

  @Test
  void saysFromWhereAndWhy() {
    UUID ada = idp.create(user("ada@example.com")).id();
    gateway.call(
        "POST",
        "/admin/api/v1/users/" + ada + "/hold?reason=court+order",
        Gateway.ADMIN_TOKEN,
        null);
    gateway.call(
        "PUT",
        "/admin/api/v1/users/" + ada + "/hold?reason=court+order",
        Gateway.ADMIN_TOKEN,
        null);
    gateway.call(
        "PATCH",
        "/admin/api/v1/tenants/" + idp.tenant() + "?reason=new+contract",
        Gateway.ADMIN_TOKEN,
        "{\"settings\":{}}");

    JsonNode entries = gateway.admin("GET", "/audit?tenant=" + idp.tenant(), null).json();
    JsonNode hold = entry(entries, "user.hold");
    assertThat(hold.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(hold.path("credential").asText()).isEqualTo("admin token");
    assertThat(hold.path("reason").asText()).isEqualTo("court order");
    assertThat(entry(entries, "tenant.change").path("reason").asText()).isEqualTo("new contract");
    assertThat(entry(entries, "user.create").path("address").asText()).isEqualTo("127.0.0.1");
  }

  @Test
  void keepsAddressesAndReasonsOutOfTheChainedRow() {
    List<String> columns =
        gateway
            .owner()
            .sql(
                "select column_name from information_schema.columns where table_name = 'audit_entry'")
            .query(String.class)
            .list();

    assertThat(columns).contains("origin_id").doesNotContain("address", "reason", "detail");
  }

  private static JsonNode entry(JsonNode page, String action) {
    return StreamSupport.stream(page.path("entries").spliterator(), false)
        .filter(it -> it.path("action").asText().equals(action))
        .findFirst()
        .orElseThrow(() -> new AssertionError(page.toPrettyString()));
  }

  private List<Long> someEntries() {
    for (int i = 0; i < 4; i++) {
      String name = "u" + UUID.randomUUID() + "@example.com";
      UUID id = idp.create(user(name)).id();
      idp.patch(id, "{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"T" + i + "\"}");
    }
    return ids();
  }

  /** The entries of the tenant in the order of the chain, when all are in it. */
  private List<Long> ids() {
    gateway.bean(AuditChaining.class).run();
    await()
        .until(
            () ->
                gateway
                        .owner()
                        .sql(
                            "select count(*) from audit_pending p join audit_entry e on e.id = p.audit_id where tenant_id = ?")
                        .param(tenant)
                        .query(Long.class)
                        .single()
                    == 0);
    return gateway
        .owner()
        .sql("select id from audit_entry where tenant_id = ? order by id")
        .param(tenant)
        .query(Long.class)
        .list();
  }

  private long details(UUID resource) {
    return gateway
        .owner()
        .sql(
            "select count(*) from audit_detail d join audit_entry e on e.id = d.audit_id where resource_id = ?")
        .param(resource)
        .query(Long.class)
        .single();
  }

  /** As the owner of the tables, in one session without triggers. */
  private void behindItsBack(String... statements) {
    StringBuilder all = new StringBuilder("do $$ begin\n");
    List<String> tables = List.of("audit_entry", "audit_chain", "audit_detail");
    tables.forEach(it -> all.append("alter table " + it + " disable trigger append_only;\n"));
    for (String it : statements) {
      all.append(it).append(";\n");
    }
    tables.forEach(it -> all.append("alter table " + it + " enable trigger append_only;\n"));
    gateway.sql(all.append("end $$").toString());
  }

  private JsonNode verified() {
    ids();
    Gateway.Answer answer = gateway.admin("GET", "/audit/verify?tenant=" + idp.tenant(), null);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  /** The kind of each problem with the id, or with the position where no id is known. */
  private List<String> problems() {
    JsonNode result = verified();
    List<String> problems = new ArrayList<>();
    result
        .path("problems")
        .forEach(
            it ->
                problems.add(
                    it.path("kind").asText()
                        + (it.has("id")
                            ? " " + it.path("id").asLong()
                            : " #" + it.path("sequence").asLong())));
    assertThat(result.path("ok").asBoolean()).isEqualTo(problems.isEmpty());
    return problems;
  }
}
