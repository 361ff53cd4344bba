package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.jms.JMSException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A downstream system that must hear nothing. It knows that nothing more can come when it hears of
 * a user whom another connection of the tenant has made afterwards.
 */
final class Silence implements AutoCloseable {

  /** A scene may listen more than once. */
  private static final AtomicInteger ID = new AtomicInteger();

  private final ScimClient witness;
  private final Subscriber subscriber;

  private Silence(ScimClient witness, Subscriber subscriber) {
    this.witness = witness;
    this.subscriber = subscriber;
  }

  /** Listens from now on, when all that happened before has been heard. */
  static Silence after(ScimClient idp) throws JMSException {
    Silence silence =
        new Silence(
            idp.gateway().connection(idp.tenant(), "standard"),
            Subscriber.of(
                idp.gateway().subscription(idp.tenant(), "silence-" + ID.incrementAndGet())));
    UUID last = silence.speak();
    while (!about(silence.subscriber.next(), last)) {
      // an event of the state that the fixture begins with
    }
    return silence;
  }

  void requireUnbroken() throws JMSException {
    UUID next = speak();
    ObjectNode event = subscriber.next();

    assertThat(about(event, next)).as("the witness is heard and not " + event).isTrue();
  }

  private UUID speak() {
    return witness.create(ScimClient.user("witness-" + UUID.randomUUID())).id();
  }

  private static boolean about(ObjectNode event, UUID resource) {
    return event.path("subject").asText().contains(resource.toString());
  }

  @Override
  public void close() throws JMSException {
    subscriber.close();
  }
}
