package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.directory.UnitOfWork;
import io.gatehouse.edge.Connections;
import io.gatehouse.edge.Feeds;
import io.gatehouse.edge.Vault;
import io.gatehouse.edge.WebhookConnections;
import io.gatehouse.inbox.Bundle;
import io.gatehouse.inbox.Inbox;
import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the way of a webhook from the wire into the inbox. */
@Configuration(proxyBeanMethods = false)
class InboxConfiguration {

  private static final int ATTEMPTS = 6;

  /** Each may take 800 ms, and the sender of a webhook is gone after three seconds. */
  private static final int TOGETHER = 2;

  private static final Duration AT_ONCE = Duration.ofMillis(100);
  private static final Duration MOMENT = Duration.ofSeconds(1);

  /** One of its own, so that no path below {@code /scim} is taken for one below another. */
  @Bean
  ServletRegistrationBean<CamelHttpTransportServlet> webhookServlet(Instance instance) {
    var registration =
        new ServletRegistrationBean<>(new CamelHttpTransportServlet(), "/webhooks/*");
    registration.setName(instance.webhookServlet());
    return registration;
  }

  @Bean
  FilterRegistrationBean<ClosedEdge> closedWebhooks(
      @Qualifier("webhookServlet") ServletRegistrationBean<CamelHttpTransportServlet> webhooks) {
    return new FilterRegistrationBean<>(
        new ClosedEdge(Objects.requireNonNull(webhooks.getServlet())), webhooks);
  }

  @Bean(initMethod = "refresh")
  WebhookConnections webhookConnections(
      Connections connections, Feeds feeds, WebhookConnections.Look look, Vault vault) {
    return new WebhookConnections(connections, feeds, look, vault);
  }

  @Bean
  WebhookConnections.Look webhookLook(
      @Qualifier("quickConnections") Connections connections,
      @Qualifier("quickFeeds") Feeds feeds) {
    Hurry hurry = new Hurry();
    return new WebhookConnections.Look(
        id -> hurry.run(() -> connections.connection(id)), () -> hurry.run(feeds::all));
  }

  /** What failed at once is tried again, because each pooled connection may be a stale one. */
  @Bean("signal-queue")
  QueueComponent<Bundle> signalQueue(
      ConnectionFactory connections, @Qualifier("quickConnectionFactory") ConnectionFactory quick) {
    var doubt =
        new QueueAccess.Doubt(ATTEMPTS, AT_ONCE, new Outage(MOMENT), new Semaphore(TOGETHER));
    return new QueueComponent<>(new SignalFormat(), new QueueAccess(connections, quick, doubt));
  }

  @Bean
  DirectInbox directInbox(@Qualifier("quickInbox") Inbox inbox) {
    return new DirectInbox(inbox, new Hurry());
  }

  @Bean
  InboxKeeper inboxKeeper(Inbox inbox, UnitOfWork unit) {
    return new InboxKeeper(inbox, unit);
  }
}
