package io.gatehouse.support;

import static org.awaitility.Awaitility.await;

import io.gatehouse.inbox.Inbox;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;

/** Signals of a connection, as if they had come by webhook; each call returns when all is done. */
public final class Hints {

  private final Gateway gateway;
  private final UUID connection;
  private final Inbox inbox;
  private final ProducerTemplate wake;

  public Hints(Gateway gateway, ScimClient idp) {
    this.gateway = gateway;
    this.connection = UUID.fromString(idp.connection());
    this.inbox = gateway.bean(Inbox.class);
    this.wake = gateway.bean(CamelContext.class).createProducerTemplate();
  }

  public void hear(Kind kind, String event, String id) {
    hear(kind, event, id, Instant.now());
  }

  public void hear(Kind kind, String event, String id, Instant at) {
    hear(new Signal(kind, new EventRef(event, at), new About(id, null, null), null));
  }

  /** About a user in an application or group. */
  public void hear(Kind kind, String event, String id, String container) {
    About about = new About(id, null, container);
    hear(new Signal(kind, new EventRef(event, Instant.now()), about, null));
  }

  public void hear(Signal... signals) {
    leave(signals);
    settle();
  }

  /** Does not wait for what becomes of them. */
  public void leave(Signal... signals) {
    inbox.add(connection, List.of(signals));
    wake.sendBody("seda:inbox-work?discardWhenFull=true", null);
  }

  /** Returns when nothing waits any more. */
  public void settle() {
    await()
        .atMost(java.time.Duration.ofMinutes(5))
        .until(
            () ->
                gateway
                    .admin("GET", "/connections/" + connection + "/signals", null)
                    .json()
                    .path("waiting")
                    .asInt(),
            waiting -> waiting == 0);
  }
}
