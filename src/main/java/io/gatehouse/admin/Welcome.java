package io.gatehouse.admin;

import io.gatehouse.broker.BrokerConnection;
import io.gatehouse.security.AdminToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at the start where everything is. */
@Component
final class Welcome {

  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse");

  private final BrokerConnection broker;
  private final AdminToken admin;

  Welcome(BrokerConnection broker, AdminToken admin) {
    this.broker = broker;
    this.admin = admin;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    if (event.getApplicationContext() instanceof WebServerApplicationContext web
        && web.getWebServer() != null) {
      String here = "http://localhost:" + web.getWebServer().getPort();
      LOG.info("Gatehouse is ready");
      LOG.info("  SCIM         {}/scim/v2", here);
      LOG.info("  Admin API    {}/admin/api/v1", here);
      LOG.info("  Admin token  in {}", admin.whereabouts());
      LOG.info("  Broker       amqp://localhost:{} (AMQP 1.0)", broker.publicPort());
    }
  }
}
