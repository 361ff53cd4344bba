package io.gatehouse.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Refuses the start when a secret can be guessed, before anything is started. */
final class SecretsInitializer
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Environment settings = context.getEnvironment();
    if (!settings.containsProperty("gatehouse.data")) {
      return; // not Gatehouse's own context
    }
    Path data = Path.of(settings.getRequiredProperty("gatehouse.data"));
    for (String name : OperatorSecret.NAMES) {
      try {
        OperatorSecret.require(name, settings.getProperty("gatehouse." + name), data);
      } catch (IOException e) {
        throw new UncheckedIOException("The file " + data.resolve(name) + " cannot be read", e);
      }
    }
  }
}
