package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Role;
import io.gatehouse.audit.AuditChaining;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import org.junit.jupiter.api.Test;

/** The audit log in the portal. */
class AuditPagesTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final String page = "/admin/tenants/" + idp.tenant() + "/audit";

  @Test
  void showsWhoDidWhatFromWhereAndWhy() {
    idp.create(user("ada@example.com"));
    gateway.admin(
        "PATCH",
        "/tenants/" + idp.tenant() + "?reason=%3Cscript%3Ealert(1)%3C/script%3E",
        Json.object().set("settings", Json.object()));
    PortalClient auditor = PortalClient.signedIn(gateway, Role.AUDITOR, idp.tenant());

    Page all = auditor.get(page);
    assertThat(all.text())
        .contains("idp:standard user.create 201", "127.0.0.1", "tenant.change", "admin token")
        .contains("<script>alert(1)</script>");
    assertThat(all.html()).doesNotContain("<script>alert(1)</script>");

    Page found = auditor.get(page + "?actor=idp&action=user.create&outcome=done&from=2000-01-01");
    assertThat(found.text()).contains("user.create 201").doesNotContain("tenant.change");
    assertThat(found.html()).contains("/audit/export.csv?actor=idp&amp;action=user.create");
    assertThat(auditor.get(page + "?actor=nobody").text()).contains("No entry fits.");
    assertThat(auditor.get(page + "?from=yesterday").status()).isEqualTo(400);
  }

  @Test
  void givesFilesOfWhatWasFound() {
    idp.create(user("ada@example.com"));
    PortalClient auditor = PortalClient.signedIn(gateway, Role.AUDITOR, idp.tenant());

    Page csv = auditor.get(page + "/export.csv?actor=idp");
    assertThat(csv.http().headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.html().lines()).hasSize(2);
    assertThat(auditor.get(page + "/export.ndjson").html()).contains("\"action\":\"user.create\"");
  }

  @Test
  void verifiesAndNamesTheRow() {
    idp.create(user("ada@example.com"));
    gateway.bean(AuditChaining.class).run();
    PortalClient auditor = PortalClient.signedIn(gateway, Role.AUDITOR, idp.tenant());
    auditor.get(page);
    assertThat(auditor.post(page + "/verify").text()).contains("entries are as the gateway");

    gateway.sql(
        """
        do $$ begin
        alter table audit_entry disable trigger append_only;
        update audit_entry set status = 500 where connection_id = '%s' and action = 'user.create';
        alter table audit_entry enable trigger append_only;
        end $$
        """
            .formatted(idp.connection()));
    assertThat(auditor.post(page + "/verify").text())
        .contains("The log was changed", "altered", "The row was changed.");
  }

  @Test
  void showsTheEntriesOfNoTenantToAdministratorsOfAll() {
    PortalClient all = PortalClient.signedIn(gateway, Role.AUDITOR);
    assertThat(all.get(page).html()).contains("href=\"/admin/audit\"");
    assertThat(all.get("/admin/audit").text()).contains("Audit of the gateway");
    assertThat(all.get("/admin/audit/export.ndjson").status()).isEqualTo(200);
    assertThat(all.post("/admin/audit/verify").status()).isEqualTo(200);
    PortalClient some = PortalClient.signedIn(gateway, Role.AUDITOR, idp.tenant());
    assertThat(some.get(page).html()).doesNotContain("href=\"/admin/audit\"");
    assertThat(some.get("/admin/audit").status()).isEqualTo(403);
    assertThat(some.get("/admin/audit/export.csv").status()).isEqualTo(403);
  }

  @Test
  void isForAuditorsOfTheTenantOnly() {
    PortalClient other = PortalClient.signedIn(gateway, Role.AUDITOR, gateway.tenant());
    PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, idp.tenant());
    for (String path : new String[] {page, page + "/export.csv", page + "/export.ndjson"}) {
      assertThat(other.get(path).status()).as(path).isEqualTo(404);
      assertThat(operator.get(path).status()).as(path).isEqualTo(403);
    }
    other.get("/admin");
    assertThat(other.post(page + "/verify").status()).isEqualTo(404);
    operator.get("/admin");
    assertThat(operator.post(page + "/verify").status()).isEqualTo(403);
  }
}
