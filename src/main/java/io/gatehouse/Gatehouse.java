package io.gatehouse;

import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Starts the gateway. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(GatehouseProperties.class)
public class Gatehouse {

  public static void main(String[] args) {
    ProcessExit.watch();
    if (List.of(args).contains(VerifyAudit.COMMAND)) {
      System.exit(VerifyAudit.run(System.out, args));
    }
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

  @Bean
  LiveInstances liveInstances() {
    return new LiveInstances();
  }
}
