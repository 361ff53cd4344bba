package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.SharedStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that share a database, at which no administrator has signed in yet. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstPasswordTest {

  private static final String ADMINISTRATORS = "/access/administrators";

  @TempDir private static Path here;
  @TempDir private static Path there;
  private static Gateway first;
  private static Gateway second;

  @BeforeAll
  static void start() {
    first = Gateway.start(here, Gateway.SECRET_KEY);
    second =
        SharedStores.start(first, there, Gateway.SECRET_KEY, "--gatehouse.sign-in.max-failures=3");
  }

  @AfterAll
  static void stop() {
    second.close();
    first.close();
  }

  @Test
  @Order(1)
  void isTheSameAtAllGatewaysAndSlowToGuess() throws IOException {
    String password = Files.readString(here.resolve("admin-password")).strip();
    assertThat(Files.readString(there.resolve("admin-password")).strip()).isEqualTo(password);

    PortalClient guesser = PortalClient.of(second);
    Page refused = null;
    for (int i = 0; i < 5; i++) {
      refused = guesser.signIn("admin", "guess" + i);
    }
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.http().headers().firstValue("Retry-After").map(Integer::parseInt).get())
        .isBetween(1, 60);
  }

  @Test
  @Order(2)
  void isGoodForOnceHasToBeChangedAndAFileThatCannotBeDeletedDoesNoHarm() throws IOException {
    PortalClient browser = PortalClient.of(first);
    assertThat(browser.get("/admin").text()).contains("This is the first sign-in");
    String password = Files.readString(here.resolve("admin-password")).strip();
    assertThat(browser.signIn("admin", password).text()).contains("Choose a password");
    assertThat(browser.get("/admin").text()).contains("Choose a password");
    assertThat(change(browser, password, "short").status()).isEqualTo(400);
    Files.delete(here.resolve("admin-password"));
    Files.createDirectories(here.resolve("admin-password/not-empty"));
    assertThat(change(browser, password, PortalClient.PASSWORD).text()).contains("Overview");

    assertThat(PortalClient.of(second).get("/admin/sign-in").text())
        .doesNotContain("first sign-in");
    assertThat(there.resolve("admin-password")).as("it is used up").doesNotExist();
    PortalClient other = PortalClient.of(first);
    assertThat(other.signIn("admin", password).status()).isEqualTo(401);
    assertThat(other.signIn("ADMIN", PortalClient.PASSWORD).text()).contains("Overview");
  }

  private static Page change(PortalClient browser, String password, String chosen) {
    return browser.post(
        "/admin/password", "current", password, "password", chosen, "again", chosen);
  }

  /** The shared gateway has many administrators; this one has one. */
  @Test
  @Order(3)
  void theLastAdministratorOfAllTenantsStays() throws Exception {
    String only = ADMINISTRATORS + "/" + accounts().path(0).path("id").asText();
    made("viewer");
    made("admin", first.tenant());
    ObjectNode demoted = Json.object().put("role", "operator");
    assertThat(first.admin("PATCH", only, demoted).status()).isEqualTo(409);
    assertThat(first.admin("PATCH", only, Json.object().put("disabled", true)).status())
        .isEqualTo(409);
    String another = made("admin");
    // Both leave at the same moment: one of them stays.
    CompletableFuture<Integer> other =
        CompletableFuture.supplyAsync(() -> first.admin("PATCH", another, demoted).status());
    int one = first.admin("PATCH", only, demoted).status();
    assertThat(Stream.of(one, other.get())).containsExactlyInAnyOrder(200, 409);
  }

  private static JsonNode accounts() {
    JsonNode accounts = first.admin("GET", ADMINISTRATORS, null).json();
    assertThat(accounts).hasSize(1);
    return accounts;
  }

  private static String made(String role, String... tenants) {
    ObjectNode wanted = Json.object().put("name", "a" + UUID.randomUUID()).put("role", role);
    for (String tenant : tenants) {
      wanted.withArray("tenants").add(tenant);
    }
    Gateway.Answer made = first.admin("POST", ADMINISTRATORS, wanted);
    assertThat(made.status()).isEqualTo(201);
    return ADMINISTRATORS + "/" + made.id();
  }
}
