package io.gatehouse.embedded;

import io.gatehouse.StartupRefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Checks, before anything is started, that the ports are free and that the data folder can be
 * locked; then has the embedded database started.
 */
final class DataFolderInitializer
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Environment settings = context.getEnvironment();
    if (!settings.containsProperty("gatehouse.port")) {
      return; // not Gatehouse's own context
    }
    requireFree("HTTP", settings, "gatehouse.port");
    requireFree("Management", settings, "gatehouse.management-port");
    if (isEmbedded(settings, "gatehouse.broker.url")) {
      requireFree("Broker", settings, "gatehouse.broker.port");
    }
    if (isEmbedded(settings, "gatehouse.db.url") || isEmbedded(settings, "gatehouse.broker.url")) {
      DataFolder folder = DataFolder.own(Path.of(settings.getRequiredProperty("gatehouse.data")));
      GenericApplicationContext beans = (GenericApplicationContext) context;
      beans.registerBean(DataFolder.class, () -> folder);
      if (isEmbedded(settings, "gatehouse.db.url")) {
        start(beans, settings.getProperty("gatehouse.embedded.binaries", ""));
      }
    }
  }

  /** The database starts first, and before the beans that need it are known. */
  private static void start(GenericApplicationContext beans, String binaries) {
    beans.registerBean(
        StartingDatabase.class,
        () -> {
          DataFolder folder = beans.getBeanFactory().getBean(DataFolder.class);
          return StartingDatabase.begin(
              folder, binaries.isEmpty() ? folder.path().resolve("postgresql") : Path.of(binaries));
        });
    beans.addBeanFactoryPostProcessor(
        new BeanDefinitionRegistryPostProcessor() {
          @Override
          public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            beans.getBeanFactory().getBean(StartingDatabase.class);
          }
        });
  }

  private static boolean isEmbedded(Environment settings, String url) {
    return settings.getProperty(url, "").isEmpty();
  }

  private static void requireFree(String what, Environment settings, String setting) {
    int port = settings.getRequiredProperty(setting, Integer.class);
    String address = settings.getRequiredProperty("gatehouse.bind");
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new StartupRefusedException(what + " port " + port + " is taken by another process.");
    }
  }
}
