package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Role;
import io.gatehouse.support.Browser;
import io.gatehouse.support.Crowd;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds a user among a million in a real browser, and says how long the pages took. */
class PortalBrowserSoak {

  private static final int CROWD = 1_000_000;
  private static final String LEAVE =
      "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}";

  @Test
  void aUserIsFoundAmongAMillionAndTheTimelineIsRead(@TempDir Path data) {
    Browser.require();
    try (Gateway gateway = Gateway.start(data);
        Browser browser = Browser.open(gateway)) {
      ScimClient idp = gateway.connection("entra");
      Crowd.of(idp, CROWD);
      ObjectNode user = ScimClient.user("ada@example.com").put("displayName", "Ada Lovelace");
      UUID ada = idp.create(user).id();
      idp.patch(ada, LEAVE);
      gateway.owner().sql("analyze person").update();
      browser.as(Role.ADMIN, idp.tenant());
      String pages = "/admin/tenants/" + idp.tenant();
      for (String page : List.of("", "/users", "/leavers", "/enrolment", "/activity", "/groups")) {
        browser.go(pages + page);
        say("page " + page, browser);
      }
      browser.go(pages + "/users");
      for (String wanted : List.of("crowd-987654@", "crowd-5@", "ada@")) {
        Instant begin = Instant.now();
        browser.type("q", wanted);
        browser.awaitNoText("crowd-0@example.com");
        browser.awaitText(wanted + "example.com");
        System.out.println(
            "SOAK "
                + wanted
                + " found after "
                + Duration.between(begin, Instant.now()).toMillis()
                + " ms, typing and its pause of 300 ms among them");
      }
      browser.press("Ada Lovelace");
      browser.awaitText("user.modify");
      say("user", browser);
      browser.unfold("#timeline .timeline > li", "Difference");
      assertThat(browser.find("#timeline del").getText()).isEqualTo("true");
      assertThat(browser.errors()).isEmpty();
    }
  }

  /** Milliseconds from the request to the first byte, and to the end of the load. */
  private static void say(String page, Browser browser) {
    System.out.println(
        "SOAK "
            + page
            + ": "
            + browser.script(
                """
                const it = performance.getEntriesByType('navigation')[0];
                return Math.round(it.responseStart - it.requestStart) + ' ms to the first byte, '
                  + Math.round(it.loadEventEnd) + ' ms to the end of the load';
                """));
  }
}
