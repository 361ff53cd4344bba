package io.gatehouse;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.AuditChaining;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log is verified on the command line, without a running gateway. */
class VerifyAuditTest {

  @Test
  void printsWhatItFindsInTheDatabaseOfAStoppedGateway(@TempDir Path data) {
    long changed;
    String tenant;
    try (Gateway gateway = Gateway.start(data)) {
      ScimClient idp = gateway.connection("entra");
      tenant = idp.tenant();
      idp.create(user("ada@example.com"));
      gateway.bean(AuditChaining.class).run();
      changed =
          gateway
              .owner()
              .sql("select id from audit_entry where action = 'user.create'")
              .query(Long.class)
              .single();
      assertThat(verify(data).status()).as("while it runs").isEqualTo(VerifyAudit.FAILED);
      gateway.sql("alter table audit_entry disable trigger append_only");
    }
    Result good = verify(data);
    assertThat(good.status()).as(good.printed()).isEqualTo(VerifyAudit.GOOD);
    assertThat(good.printed()).contains(tenant + ": 3 entries, all as the gateway");

    try (Gateway gateway = Gateway.start(data)) {
      gateway.sql("update audit_entry set actor = 'nobody' where id = ?", changed);
    }
    Result bad = verify(data);
    assertThat(bad.status()).as(bad.printed()).isEqualTo(VerifyAudit.CHANGED);
    assertThat(bad.printed()).contains("altered: entry " + changed + ", position 3");
  }

  private record Result(int status, String printed) {}

  private static Result verify(Path data) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int status =
        VerifyAudit.run(
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            VerifyAudit.COMMAND,
            "--gatehouse.data=" + data);
    return new Result(status, printed.toString(StandardCharsets.UTF_8));
  }
}
