package io.gatehouse.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Administrator;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.AuditTrail.Entry;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** A file that cannot be read to its end does not look complete. */
class AuditExportCutOffTest {

  private static final Entry ENTRY =
      new Entry(
          1,
          Instant.EPOCH,
          "admin",
          "sign-in",
          null,
          null,
          200,
          null,
          Json.object(),
          null,
          null,
          null);

  private final AtomicBoolean ended = new AtomicBoolean();

  private final MockHttpServletResponse response =
      new MockHttpServletResponse() {
        @Override
        public ServletOutputStream getOutputStream() {
          return new ServletOutputStream() {
            @Override
            public void write(int b) {
              // lost
            }

            @Override
            public boolean isReady() {
              return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
              throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
              ended.set(true);
            }
          };
        }
      };

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void isNotEndedWhenALaterPageFails() {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(Administrator.ROOT, null));
    AuditTrail trail =
        search -> {
          if (search.before() != null) {
            throw new IllegalStateException("the database is gone");
          }
          return new AuditTrail.Page(List.of(ENTRY), 1L);
        };
    AuditExportController exports =
        new AuditExportController(trail, Gateway.shared().bean(TenantLookup.class));
    AuditController.Wanted all = AuditController.Wanted.of(null);

    assertThatThrownBy(() -> exports.csv(all, response)).hasMessage("the database is gone");
    assertThatThrownBy(() -> exports.ndjson(all, response)).hasMessage("the database is gone");
    assertThat(ended).isFalse();
  }
}
