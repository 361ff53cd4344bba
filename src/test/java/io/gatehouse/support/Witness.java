package io.gatehouse.support;

import static org.awaitility.Awaitility.await;

import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.inbox.SignalBatch;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A signal that goes behind others on the same way: when it is in the inbox, they are, or never
 * will be.
 */
final class Witness {

  private static final String SUBJECT = "witness";

  private Witness() {}

  static void follow(IdpWebhookCaller sender) {
    String event = UUID.randomUUID().toString();
    Signal signal =
        new Signal(
            Kind.USER_CHANGED, new EventRef(event, null), new About(SUBJECT, null, null), null);
    sender
        .gateway()
        .bean(CamelContext.class)
        .createProducerTemplate()
        .sendBody("direct:inbox-accept", new SignalBatch(sender.connection(), List.of(signal)));
    await().until(() -> isKept(sender, event));
  }

  private static boolean isKept(IdpWebhookCaller sender, String event) {
    return sender
        .gateway()
        .bean(JdbcClient.class)
        .sql("select exists (select from inbox where connection_id = ? and event_id = ?)")
        .params(sender.connection(), event)
        .query(Boolean.class)
        .single();
  }

  static boolean is(Signal signal) {
    return signal.about().id().equals(SUBJECT);
  }
}
