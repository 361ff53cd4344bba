package io.gatehouse.delivery.webhook;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A connection of a new tenant and a receiver of webhooks; the clock is put right afterwards. */
abstract class ReceiverScene {

  final Gateway gateway = Gateway.shared();
  final ScimClient idp = gateway.connection("standard");
  final Receiver receiver = Receiver.start();

  @AfterEach
  void stop() {
    MovableClock.set(Duration.ZERO);
    receiver.close();
  }
}
