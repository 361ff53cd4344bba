package io.gatehouse.admin;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.broker.BrokerConnection;
import io.gatehouse.security.AdminToken;
import io.gatehouse.security.FirstPassword;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs the addresses of the gateway at the start. */
@Component
final class StartupBanner {

  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse");

  private final BrokerConnection broker;
  private final AdminToken admin;
  private final FirstPassword firstPassword;
  private final GatehouseProperties settings;

  StartupBanner(
      BrokerConnection broker,
      AdminToken admin,
      FirstPassword firstPassword,
      GatehouseProperties settings) {
    this.firstPassword = firstPassword;
    this.broker = broker;
    this.settings = settings;
    this.admin = admin;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) throws UnknownHostException {
    if (event.getApplicationContext() instanceof WebServerApplicationContext web
        && web.getWebServer() != null) {
      boolean encrypted = settings.tls().isOn();
      String here =
          (encrypted ? "https" : "http") + "://" + host() + ":" + web.getWebServer().getPort();
      LOG.info("Gatehouse is ready");
      LOG.info("  SCIM         {}/scim/v2", here);
      LOG.info("  Admin API    {}/admin/api/v1", here);
      LOG.info("  Portal       {}/admin{}", here, firstPassword());
      LOG.info("  Admin token  in {}", admin.whereabouts());
      LOG.info(
          "  Broker       {}://{}:{} (AMQP 1.0)",
          broker.encrypted() ? "amqps" : "amqp",
          host(),
          broker.publicPort());
      LOG.info("  Listens at   {}", reach());
    }
  }

  /** Where the first administrator finds the password; nothing when there is an account. */
  private String firstPassword() {
    return firstPassword.file().map(it -> ", as admin with the password in " + it).orElse("");
  }

  private String host() throws UnknownHostException {
    InetAddress address = InetAddress.getByName(settings.bind());
    return address.isLoopbackAddress() || address.isAnyLocalAddress()
        ? "localhost"
        : settings.bind();
  }

  private String reach() throws UnknownHostException {
    String bind = settings.bind();
    return InetAddress.getByName(bind).isLoopbackAddress()
        ? bind + ", for this machine only; GATEHOUSE_BIND=0.0.0.0 opens the ports to others"
        : bind + (settings.tls().isOn() ? "" : ", without TLS; see GATEHOUSE_TLS_CERTIFICATE");
  }
}
