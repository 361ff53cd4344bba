package io.gatehouse;

import io.gatehouse.audit.AuditChain;
import io.gatehouse.audit.AuditCheckpoints;
import io.gatehouse.audit.AuditReport;
import io.gatehouse.audit.AuditReport.Problem;
import io.gatehouse.audit.AuditSeal;
import io.gatehouse.audit.AuditVerification;
import io.gatehouse.security.AuditSealConfiguration;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * {@code java -jar gatehouse.jar verify-audit}: verifies the audit log of all tenants without
 * starting the gateway. It connects to the database of the settings, or starts the embedded one,
 * and prints what it has found.
 */
final class VerifyAudit {

  static final String COMMAND = "verify-audit";

  /** All entries are as the gateway has written them. */
  static final int GOOD = 0;

  /** A row was changed. */
  static final int CHANGED = 1;

  /** The database cannot be read. */
  static final int FAILED = 2;

  private VerifyAudit() {}

  /** The part of the gateway that is needed; it is no bean of the gateway itself. */
  @ComponentScan({"io.gatehouse.postgres", "io.gatehouse.embedded"})
  @Import(AuditSealConfiguration.class)
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    TransactionAutoConfiguration.class
  })
  @EnableConfigurationProperties(GatehouseProperties.class)
  static class Parts {

    /** The pools have metrics, which are not read here. */
    @Bean
    MeterRegistry meterRegistry() {
      return new SimpleMeterRegistry();
    }

    @Bean
    AuditVerification auditVerification(
        AuditChain chain, AuditSeal seal, GatehouseProperties settings) {
      return new AuditVerification(chain, seal, new AuditCheckpoints(chain, settings.data()));
    }
  }

  /** Runs the command; the answer is the status of the process. */
  static int run(PrintStream out, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(settings));
    arguments.remove(COMMAND);
    // No port is opened, and no broker started.
    arguments.addAll(
        List.of(
            "--gatehouse.port=0", "--gatehouse.management-port=0", "--gatehouse.broker.url=none"));
    try (ConfigurableApplicationContext parts =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .lazyInitialization(true)
            .run(arguments.toArray(String[]::new))) {
      AuditVerification verification = parts.getBean(AuditVerification.class);
      boolean ok = report(out, "entries without a tenant", verification, null);
      for (Tenant it : parts.getBean("connections", Connections.class).tenants()) {
        ok &= report(out, it.slug(), verification, it.id());
      }
      return ok ? GOOD : CHANGED;
    } catch (RuntimeException e) {
      out.println("The audit log cannot be verified: " + e.getMessage());
      return FAILED;
    }
  }

  private static boolean report(
      PrintStream out, String name, AuditVerification verification, @Nullable UUID tenant) {
    AuditReport report = verification.verify(tenant);
    out.printf(
        "%s: %d entries, %s%n",
        name, report.checked(), report.ok() ? "all as the gateway has written them" : "CHANGED");
    for (Problem it : report.problems()) {
      out.printf(
          "  %s: entry %s, position %s, %s: %s%n",
          it.kind().word(),
          it.id() == null ? "?" : it.id(),
          it.sequence() == null ? "?" : it.sequence(),
          it.at() == null ? "?" : it.at(),
          it.explanation());
    }
    return report.ok();
  }
}
