package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Parked;
import io.gatehouse.support.Ports;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Webhook;
import java.net.URI;
import java.util.UUID;

/**
 * A tenant that has one of everything that the portal shows.
 *
 * @param idp a connection whose IdP has called
 * @param silent one whose IdP has not
 * @param left a user who has left
 * @param blocked one who has left, and whose userName another user has now
 * @param link the path of a setup link
 * @param file the path of a file that was uploaded for its import
 */
record PagesScene(
    String tenant,
    ScimClient idp,
    ScimClient silent,
    UUID ada,
    UUID left,
    UUID erased,
    UUID blocked,
    UUID group,
    Parked parked,
    String link,
    String file) {

  static final String PAGES = "/admin/tenants/";

  static PagesScene of(Gateway gateway) throws Exception {
    ScimClient idp = gateway.connection("entra");
    String tenant = idp.tenant();
    JsonNode queue = gateway.subscription(tenant, "training").json();
    Webhook.create(
        gateway, Webhook.wanted(tenant, "crm", "http://localhost:" + Ports.free() + "/hooks"));
    UUID ada = user(idp, "eva@example.com");
    SubscribersPagesTest.fail(queue);
    UUID left = leaver(idp, "left@example.com");
    UUID erased = leaver(idp, "erased@example.com");
    gateway.admin("POST", "/users/" + erased + "/erase", null);
    UUID blocked = leaver(idp, "taken@example.com");
    gateway.admin("POST", "/users", ScimClient.user("taken@example.com").put("tenant", tenant));
    UUID group = idp.createGroup("Engineers", ada).id();
    ScimClient other = gateway.connection(tenant, "standard");
    assertThat(other.create(ScimClient.user("eva@example.com")).status()).isEqualTo(409);
    Parked parked = Parked.by(gateway.connection(tenant, "okta"));
    String links = "/connections/" + idp.connection() + "/setup-links";
    JsonNode link = gateway.admin("POST", links, Json.object().put("hours", 24)).json();
    gateway.admin("PUT", "/tenants/" + tenant + "/enrolment-schedule", schedule());
    replay(gateway, tenant);
    return new PagesScene(
        tenant,
        idp,
        gateway.connection(tenant, "onelogin"),
        ada,
        left,
        erased,
        blocked,
        group,
        parked,
        URI.create(link.path("url").asText()).getPath(),
        "");
  }

  private static JsonNode schedule() {
    return Json.object().put("cron", "0 9 * * MON");
  }

  private static UUID user(ScimClient idp, String userName) {
    return idp.create(ScimClient.user(userName).put("displayName", "Eva " + userName)).id();
  }

  private static UUID leaver(ScimClient idp, String userName) {
    UUID left = user(idp, userName);
    idp.delete(left);
    return left;
  }

  /** One that does not end. */
  private static void replay(Gateway gateway, String tenant) {
    gateway.sql(
        """
        insert into catch_up (id, tenant_id, name, kind, stage, position, origin, until, sent, due_at)
        select gen_random_uuid(), id, 'training', 'replay', 'LOG', '150', '100', 200, 42, now() + interval '1 day'
          from tenant where slug = ?
        """,
        tenant);
  }

  PagesScene with(String file) {
    return new PagesScene(
        tenant, idp, silent, ada, left, erased, blocked, group, parked, link, file);
  }

  /** The address of a page of the tenant. */
  String at(String page) {
    return PAGES + tenant + page;
  }

  /** An address of this pattern; what is left of the pattern in it has no sample here. */
  String sample(String pattern) {
    return pattern
        .replace("/users/{id}", "/users/" + ada)
        .replace("/groups/{id}", "/groups/" + group)
        .replace("/connections/{id}", "/connections/" + idp.connection())
        .replace("/problems/{key}", "/problems/" + parked.key())
        .replace("/queues/{name}", "/queues/training")
        .replace("/endpoints/{name}", "/endpoints/crm")
        .replace("/admin/tenants/{tenant}/import/{run}", file)
        .replace("/admin/setup/{token}", link)
        .replace("{tenant}", tenant);
  }
}
