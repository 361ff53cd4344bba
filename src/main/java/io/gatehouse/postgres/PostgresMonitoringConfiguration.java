package io.gatehouse.postgres;

import io.gatehouse.audit.ActivityLog;
import io.gatehouse.delivery.queue.CatchUps;
import io.gatehouse.directory.Backlogs;
import io.gatehouse.directory.Rates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires what administrators watch. */
@Configuration(proxyBeanMethods = false)
class PostgresMonitoringConfiguration {

  @Bean
  Rates rates(JdbcClient jdbc, SideDatabase reportDatabase) {
    return new PostgresRates(jdbc, reportDatabase.jdbc());
  }

  @Bean
  Backlogs backlogs(SideDatabase reportDatabase) {
    return new PostgresBacklogs(reportDatabase.jdbc());
  }

  @Bean
  CatchUps catchUps(SideDatabase reportDatabase) {
    return new PostgresCatchUps(reportDatabase.jdbc());
  }

  @Bean
  ActivityLog activityLog(SideDatabase reportDatabase) {
    return new PostgresActivityLog(reportDatabase.jdbc());
  }
}
