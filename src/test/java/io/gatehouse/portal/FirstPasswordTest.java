package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.SharedStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that share a database, at which no administrator has signed in yet. */
class FirstPasswordTest {

  @TempDir private Path here;
  @TempDir private Path there;

  @Test
  void isTheSameAtAllGatewaysAndAFileThatCannotBeDeletedDoesNoHarm() throws IOException {
    try (Gateway first = Gateway.start(here, Gateway.SECRET_KEY);
        Gateway second = beside(first)) {
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

      PortalClient browser = PortalClient.of(first);
      assertThat(browser.signIn("admin", password).text()).contains("Choose a password");
      Files.delete(here.resolve("admin-password"));
      Files.createDirectories(here.resolve("admin-password/not-empty"));
      String[] change = {
        "current", password, "password", PortalClient.PASSWORD, "again", PortalClient.PASSWORD
      };
      assertThat(browser.post("/admin/password", change).text()).contains("Overview");

      assertThat(PortalClient.of(second).get("/admin/sign-in").text())
          .doesNotContain("first sign-in");
      assertThat(there.resolve("admin-password")).as("it is used up").doesNotExist();
      assertThat(PortalClient.of(first).signIn("admin", password).status()).isEqualTo(401);
    }
  }

  private Gateway beside(Gateway first) {
    return SharedStores.start(
        first, there, Gateway.SECRET_KEY, "--gatehouse.sign-in.max-failures=3");
  }
}
