package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.access.Role;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.StreamedLines;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens, as it happens: by the API and on the page. */
class ActivityTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final String page = "/admin/tenants/" + idp.tenant() + "/activity";
  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<Stream<String>> open(Gateway of, String query) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(of.url("/admin/api/v1/activity?tenant=" + query)))
            .header("Authorization", "Bearer " + Gateway.ADMIN_TOKEN)
            .build(),
        HttpResponse.BodyHandlers.ofLines());
  }

  @Test
  void streamsEntriesWithoutValuesAndOfThisTenantOnly() throws Exception {
    idp.create(user("before"));
    HttpResponse<Stream<String>> stream = open(gateway, idp.tenant());
    assertThat(stream.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    List<String> lines = StreamedLines.collected(stream.body());

    gateway.connection("standard").create(user("foreign"));
    UUID ada = idp.create(user("ada-secret-name")).id();
    idp.create(user("ada-secret-name"));

    await().untilAsserted(() -> assertThat(data(lines)).hasSize(2));
    assertThat(data(lines).get(0)).contains("\"user.create\"", ada.toString());
    assertThat(data(lines).get(1)).contains("\"status\":409");
    assertThat(String.join("\n", data(lines).get(0))).doesNotContain("ada-secret-name");
    stream.body().close();
  }

  private static List<String> data(List<String> lines) {
    return lines.stream().filter(it -> it.startsWith("data: {")).toList();
  }

  @Test
  void goesOnWhereAClientWasAndFilters() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    JsonNode first = latest("").path("entries").get(0);
    idp.patch(ada, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}");
    idp.create(user("ada"));

    HttpResponse<Stream<String>> all =
        open(gateway, idp.tenant() + "&after=" + first.path("id").asText());
    List<String> lines = StreamedLines.collected(all.body());
    HttpResponse<Stream<String>> refused =
        open(gateway, idp.tenant() + "&outcome=refused&after=" + first.path("id").asText());
    List<String> filtered = StreamedLines.collected(refused.body());

    await().untilAsserted(() -> assertThat(data(lines)).hasSize(2));
    await().untilAsserted(() -> assertThat(data(filtered)).hasSize(1));
    assertThat(filtered.toString()).contains("\"status\":409");
    assertThat(latest("&outcome=refused").path("entries")).hasSize(1);
    assertThat(latest("&outcome=applied&action=user.modify").path("entries")).hasSize(1);
    assertThat(latest("").toString()).contains("\"path\":\"title\"").doesNotContain("\"to\"");
    assertThat(latest("&connection=" + idp.connection()).path("entries")).hasSize(4);
    assertThat(latest("&outcome=perhaps").path("status").asInt()).isEqualTo(400);
    all.body().close();
    refused.body().close();
  }

  private JsonNode latest(String more) {
    return gateway.admin("GET", "/activity/latest?tenant=" + idp.tenant() + more, null).json();
  }

  @Test
  void showsTheLatestAndLeadsToTheUserWithoutJavaScript() {
    UUID ada = idp.create(user("ada")).id();
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());

    Page shown = viewer.get(page);
    assertThat(shown.text()).contains("user.create", "idp:standard", "applied");
    assertThat(shown.html())
        .contains("/users/" + ada, "data-live=\"" + page + "/stream?after=")
        .doesNotContain("style=");
    String newer = shown.html().replaceAll("(?s).*href=\"([^\"]*after=\\d+)\">Newer.*", "$1");
    assertThat(viewer.get(newer.replace("&amp;", "&")).text()).contains("Nothing new yet");
    idp.create(user("ada"));
    assertThat(viewer.get(newer.replace("&amp;", "&")).text()).contains("refused");
  }

  @Test
  void sendsThePageItsLinesAndEndsWithTheSession() {
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());
    List<String> lines = StreamedLines.collected(viewer.lines(page + "/stream"));
    UUID ada = idp.create(user("ada")).id();
    await()
        .untilAsserted(
            () ->
                assertThat(String.join("\n", lines))
                    .contains("event: entry", "<li", "/users/" + ada));

    viewer.get("/admin/password");
    viewer.post("/admin/sign-out");
    await()
        .atMost(Duration.ofSeconds(25))
        .untilAsserted(() -> assertThat(lines).contains("event: end", "closed"));
  }

  @Test
  void isForAdministratorsOfTheTenant() {
    PortalClient foreign = PortalClient.signedIn(gateway, Role.ADMIN, gateway.tenant());
    assertThat(foreign.get(page).status()).isEqualTo(404);
    assertThat(foreign.get(page + "/stream").status()).isEqualTo(404);
    assertThat(
            gateway
                .call("GET", "/admin/api/v1/activity?tenant=" + idp.tenant(), null, null)
                .status())
        .isEqualTo(401);
  }
}
