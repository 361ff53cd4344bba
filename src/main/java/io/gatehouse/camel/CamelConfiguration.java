package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.camel.queue.CommandFormat;
import io.gatehouse.camel.queue.OutageBreaker;
import io.gatehouse.camel.queue.QueueAccess;
import io.gatehouse.camel.queue.QueueComponent;
import io.gatehouse.camel.queue.QueueMeter;
import io.gatehouse.camel.queue.SignalFormat;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.MessageTraces;
import io.gatehouse.command.PendingOutcomes;
import io.gatehouse.edge.BulkProcessor;
import io.gatehouse.http.SteadyClock;
import io.gatehouse.inbox.SignalBatch;
import io.gatehouse.inbox.UserCreation;
import io.gatehouse.lifecycle.SchemaCleanup;
import io.gatehouse.lifecycle.SchemaCleanups;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.tenant.IdpProfiles;
import io.gatehouse.tenant.TenantSchemas;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.component.servlet.ServletComponent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the stages to each other; the bean names are the ones that the routes use. */
@Configuration(proxyBeanMethods = false)
class CamelConfiguration {

  private static final int SEND_ATTEMPTS = 3;

  /**
   * Before the time of one call is over: an attempt in a silent network takes up to five of them,
   * to connect, to send and to close.
   */
  private static final Duration SEND_PATIENCE = Duration.ofMillis(2_500);

  private static final int ATTEMPTS = 6;

  /** Each may take 800 ms, and the sender of a webhook is gone after three seconds. */
  private static final int TOGETHER = 2;

  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private static final Duration MOMENT = Duration.ofSeconds(1);

  /** Camel finds servlets by name in a registry of the whole JVM, so each gateway names its own. */
  @Bean
  ServletRegistrationBean<CamelHttpTransportServlet> scimServlet(Instance instance) {
    var registration =
        new ServletRegistrationBean<CamelHttpTransportServlet>(new OneRouteServlet(), "/scim/*");
    registration.setName(instance.id());
    return registration;
  }

  @Bean
  FilterRegistrationBean<NotReadyFilter> closedEdge(
      @Qualifier("scimServlet") ServletRegistrationBean<CamelHttpTransportServlet> scim) {
    return new FilterRegistrationBean<>(
        new NotReadyFilter(Objects.requireNonNull(scim.getServlet())), scim);
  }

  @Bean
  ServletComponent servlet(Instance instance) {
    ServletComponent component = new ServletComponent();
    component.setServletName(instance.id());
    component.setHttpBinding(new PlainHttpBinding());
    return component;
  }

  @Bean
  JmsComponent jms(ConnectionFactory connections) {
    return JmsComponent.jmsComponentAutoAcknowledge(connections);
  }

  @Bean("command-queue")
  QueueComponent<Envelope> commandQueue(
      ConnectionFactory connections,
      PendingOutcomes pendingOutcomes,
      MeterRegistry meters,
      ObjectProvider<MessageTraces<Envelope>> traces) {
    return new QueueComponent<>(
        new CommandFormat(),
        new QueueAccess(
            connections,
            connections,
            new QueueAccess.SendPolicy(
                SEND_ATTEMPTS,
                SEND_PATIENCE,
                OutageBreaker.none(),
                new Semaphore(Integer.MAX_VALUE)),
            pendingOutcomes::count),
        QueueMeter.of(meters, "command"),
        traces.getIfAvailable());
  }

  @Bean
  BulkProcessor bulkProcessor(CamelContext camel, Clock clock) {
    return new BulkProcessor(new BulkSubmitter(camel)::submit, new SteadyClock(clock));
  }

  @Bean
  SchemaCleanup schemaCleanup(
      UnitOfWork unit, SchemaCleanups jobs, CommandGateway commandGateway, Clock clock) {
    return new SchemaCleanup(unit, jobs, commandGateway, clock);
  }

  @Bean
  UserCreation userCreation(TenantSchemas tenantSchemas, IdpProfiles profiles, Clock clock) {
    return new UserCreation(tenantSchemas, profiles, clock);
  }

  /** One of its own, so that no path below {@code /scim} is taken for one below another. */
  @Bean
  ServletRegistrationBean<CamelHttpTransportServlet> webhookServlet(Instance instance) {
    var registration =
        new ServletRegistrationBean<>(new CamelHttpTransportServlet(), "/webhooks/*");
    registration.setName(instance.webhookServlet());
    return registration;
  }

  @Bean
  FilterRegistrationBean<NotReadyFilter> closedWebhooks(
      @Qualifier("webhookServlet") ServletRegistrationBean<CamelHttpTransportServlet> webhooks) {
    return new FilterRegistrationBean<>(
        new NotReadyFilter(Objects.requireNonNull(webhooks.getServlet())), webhooks);
  }

  /** What failed at once is tried again, because each pooled connection may be a stale one. */
  @Bean("signal-queue")
  QueueComponent<SignalBatch> signalQueue(
      ConnectionFactory connections,
      @Qualifier("quickConnectionFactory") ConnectionFactory quick,
      MeterRegistry meters,
      ObjectProvider<MessageTraces<SignalBatch>> traces) {
    var policy =
        new QueueAccess.SendPolicy(
            ATTEMPTS, AT_ONCE, OutageBreaker.of(MOMENT), new Semaphore(TOGETHER));
    return new QueueComponent<>(
        new SignalFormat(),
        new QueueAccess(connections, quick, policy, () -> 0),
        QueueMeter.of(meters, "inbox"),
        traces.getIfAvailable());
  }
}
