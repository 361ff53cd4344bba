package io.gatehouse.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.Json;
import io.gatehouse.server.BodyReadSlots;
import io.gatehouse.server.BodyReader;
import io.gatehouse.server.MemoryBudget;
import io.gatehouse.signin.ClientAddresses;
import io.gatehouse.signin.RefusalLog;
import io.gatehouse.signin.SignIns;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.SecretCipher;
import io.gatehouse.webhook.WebhookConnections;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Whoever proves nothing yet keeps no thread for long. */
class WebhookBodyFilterTest {

  private final AtomicLong nanos = new AtomicLong();
  private final UUID connection = UUID.randomUUID();
  private final WebhookBodyFilter door =
      new WebhookBodyFilter(
          connections(),
          new WebhookBodyFilter.Lanes(
              new BodyReader(Duration.ofSeconds(5), nanos::get),
              new BodyReadSlots(1),
              new BodyReadSlots(1)),
          new MemoryBudget(1L << 30),
          new SignInGuard(
              new SignIns(
                  10, new RefusalLog(it -> {}, it -> {}, Clock.systemUTC()), Clock.systemUTC()),
              new ClientAddresses(List.of())));

  @Test
  void doesNotWaitForABodyThatComesByteByByte() throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();

    MockHttpServletRequest request = trickling(Duration.ofSeconds(1));
    request.setPathInfo("/okta/" + connection);
    door.doFilter(request, response, chain);

    assertThat(response.getStatus()).isEqualTo(408);
    assertThat(response.getContentType()).contains("application/problem+json");
    assertThat(chain.getRequest()).isNull();
  }

  @Test
  void trustsAnAddressNoMoreThatSendsNothingButSlowBodies() throws Exception {
    MockFilterChain chain = new MockFilterChain();
    for (int i = 0; i < 10; i++) {
      MockHttpServletRequest request = trickling(Duration.ofSeconds(1));
      request.setPathInfo("/okta/" + connection);
      door.doFilter(request, new MockHttpServletResponse(), chain);
    }
    MockHttpServletResponse second = new MockHttpServletResponse();
    MockHttpServletRequest first = new MockHttpServletRequest("POST", "/webhooks/okta");
    first.setPathInfo("/okta/" + connection);
    first.setContent("{}".getBytes());

    door.doFilter(
        first,
        new MockHttpServletResponse(),
        (request, response) -> {
          MockHttpServletRequest next = trickling(Duration.ofSeconds(1));
          next.setPathInfo("/okta/" + connection);
          door.doFilter(next, second, chain);
        });

    assertThat(second.getStatus()).as("while another is worked on").isEqualTo(429);
    assertThat(second.getHeader("Retry-After")).isNotEmpty();
    assertThat(chain.getRequest()).isNull();
  }

  @Test
  void letsABodyPassThatComesInTime() throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/webhooks/okta");
    request.setPathInfo("/okta/" + connection);
    request.setContent("{}".getBytes());
    MockFilterChain chain = new MockFilterChain();

    door.doFilter(request, new MockHttpServletResponse(), chain);

    assertThat(chain.getRequest()).isNotNull();
  }

  @Test
  void readsNothingWhereThereIsNoConnection() throws Exception {
    MockHttpServletRequest request = trickling(Duration.ofDays(1));
    request.setPathInfo("/okta/" + UUID.randomUUID());
    MockFilterChain chain = new MockFilterChain();

    door.doFilter(request, new MockHttpServletResponse(), chain);

    assertThat(nanos).hasValue(0);
    assertThat(chain.getRequest()).isNotNull(); // the route answers 404, and counts it
  }

  private WebhookConnections connections() {
    Connection known = new Connection(connection, null, "acme", "Okta", "okta", Json.object());
    Function<UUID, Optional<Connection>> stored =
        id -> Optional.of(known).filter(it -> it.id().equals(id));
    return new WebhookConnections(
        null, null, new WebhookConnections.Look(stored, Map::of), new SecretCipher("secret"));
  }

  private MockHttpServletRequest trickling(Duration each) {
    return new MockHttpServletRequest("POST", "/webhooks/okta") {
      @Override
      public ServletInputStream getInputStream() {
        return new ServletInputStream() {
          @Override
          public int read() {
            nanos.addAndGet(each.toNanos());
            return ' ';
          }

          @Override
          public int read(byte[] into, int from, int length) {
            into[from] = (byte) read();
            return 1;
          }

          @Override
          public boolean isFinished() {
            return false;
          }

          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void setReadListener(ReadListener listener) {}
        };
      }
    };
  }
}
