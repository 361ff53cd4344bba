package io.gatehouse.wiring;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Leaves out what Spring Boot would configure and the gateway does not use: components of Camel get
 * their settings in route files, secrets come from no vault, transactions are begun by {@code
 * TransactionTemplate} and not by annotations, for which every method of every bean would be
 * searched. Each one left out is looked at in no start.
 */
final class UnusedAutoConfigurations implements AutoConfigurationImportFilter {

  static final List<String> UNUSED =
      List.of(
          "org.apache.camel.component.",
          "org.apache.camel.language.",
          "org.apache.camel.model.rest.",
          "org.apache.camel.spring.boot.actuate.console.",
          "org.apache.camel.spring.boot.actuate.endpoint.",
          "org.apache.camel.spring.boot.actuate.info.",
          "org.apache.camel.spring.boot.cluster.",
          "org.apache.camel.spring.boot.errorregistry.",
          "org.apache.camel.spring.boot.routetemplate.",
          "org.apache.camel.spring.boot.trace.",
          "org.apache.camel.spring.boot.vault.",
          "org.springframework.boot.autoconfigure.aop.",
          "org.springframework.boot.autoconfigure.task.TaskScheduling",
          "org.springframework.boot.persistence.autoconfigure.",
          "org.springframework.boot.micrometer.observation.autoconfigure.ScheduledTasks",
          "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration",
          "org.springframework.boot.transaction.jta.");

  @Override
  public boolean[] match(String[] names, AutoConfigurationMetadata metadata) {
    boolean[] used = new boolean[names.length];
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      used[i] = name == null || UNUSED.stream().noneMatch(name::startsWith);
    }
    return used;
  }
}
