package io.gatehouse.postgres;

import io.gatehouse.access.Accounts;
import io.gatehouse.access.ApiTokens;
import io.gatehouse.access.Sessions;
import io.gatehouse.access.SetupLinks;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the stores of administrators, of their sessions and tokens, and of setup links. */
@Configuration(proxyBeanMethods = false)
class PostgresAccessConfiguration {

  @Bean
  Accounts accounts(JdbcClient jdbc) {
    return new PostgresAccounts(jdbc);
  }

  /** Each page asks for its session, so that an outage is to be noticed soon. */
  @Bean
  Sessions sessions(@Qualifier("quickDatabase") SideDatabase quick, Clock clock) {
    return new PostgresSessions(quick.jdbc(), clock);
  }

  @Bean
  ApiTokens apiTokens(
      JdbcClient jdbc, @Qualifier("signInDatabase") SideDatabase signIns, Clock clock) {
    return new PostgresApiTokens(jdbc, signIns.jdbc(), clock);
  }

  @Bean
  SetupLinks setupLinks(JdbcClient jdbc, Clock clock) {
    return new PostgresSetupLinks(jdbc, clock);
  }
}
