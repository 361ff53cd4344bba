package io.gatehouse.postgres;

import io.gatehouse.audit.Timeline;
import io.gatehouse.directory.GroupQueries;
import io.gatehouse.lifecycle.Leavers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what administrators read about users and groups to PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class PostgresPeopleConfiguration {

  @Bean
  GroupQueries groupQueries(SideDatabase reportDatabase) {
    return new PostgresGroupQueries(reportDatabase.jdbc());
  }

  @Bean
  Leavers leavers(SideDatabase reportDatabase) {
    return new PostgresLeavers(reportDatabase.jdbc());
  }

  @Bean
  Timeline timeline(SideDatabase reportDatabase) {
    return new PostgresTimeline(reportDatabase.jdbc());
  }
}
