package io.gatehouse.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/** What is left out exists, and what protects the gateway stays. */
class UnusedAutoConfigurationsTest {

  private static final List<String> ALL =
      new ArrayList<>(
          ImportCandidates.load(
                  AutoConfiguration.class, UnusedAutoConfigurationsTest.class.getClassLoader())
              .getCandidates());

  @Test
  void everyPrefixLeavesSomethingOut() {
    assertThat(UnusedAutoConfigurations.UNUSED)
        .allSatisfy(prefix -> assertThat(ALL).anyMatch(it -> it.startsWith(prefix)));
  }

  @Test
  void securityHealthAndMetricsStay() {
    assertThat(used())
        .contains(
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "org.apache.camel.spring.boot.CamelAutoConfiguration",
            "org.apache.camel.spring.boot.actuate.health.CamelHealthCheckAutoConfiguration")
        .anyMatch(it -> it.endsWith(".PrometheusMetricsExportAutoConfiguration"))
        .noneMatch(it -> it.endsWith(".TransactionAutoConfiguration"));
  }

  private static List<String> used() {
    boolean[] kept = new UnusedAutoConfigurations().match(ALL.toArray(String[]::new), null);
    List<String> used = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        used.add(ALL.get(i));
      }
    }
    return used;
  }
}
