package io.gatehouse;

import io.gatehouse.server.FatalErrors;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the gateway. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class Gatehouse {

  public static void main(String[] args) {
    FatalErrors.watch();
    SpringApplication.run(Gatehouse.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Instance instance() {
    return Instance.started();
  }
}
