package io.gatehouse.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Whoever proves nothing yet keeps no thread for long. */
class WebhookDoorTest {

  private final AtomicLong nanos = new AtomicLong();
  private final WebhookDoor door = new WebhookDoor(nanos::get);

  @Test
  void doesNotWaitForABodyThatComesByteByByte() throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();

    door.doFilter(trickling(Duration.ofSeconds(1)), response, chain);

    assertThat(response.getStatus()).isEqualTo(408);
    assertThat(response.getContentType()).contains("application/problem+json");
    assertThat(chain.getRequest()).isNull();
  }

  @Test
  void letsABodyPassThatComesInTime() throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/webhooks/okta/x");
    request.setContent("{}".getBytes());
    MockFilterChain chain = new MockFilterChain();

    door.doFilter(request, new MockHttpServletResponse(), chain);

    assertThat(chain.getRequest()).isNotNull();
  }

  private MockHttpServletRequest trickling(Duration each) {
    return new MockHttpServletRequest("POST", "/webhooks/okta/x") {
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
