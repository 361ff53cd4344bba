package io.gatehouse.delivery.webhook;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Webhook;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A provider of a new tenant, and somebody who receives webhooks; the clock goes right at first.
 */
abstract class ReceiverScene {

  final Gateway gateway = Webhook.gateway();
  final ScimClient idp = gateway.connection("standard");
  final Receiver receiver = Receiver.start();

  @BeforeEach
  void now() {
    MovableClock.set(Duration.ZERO);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }
}
