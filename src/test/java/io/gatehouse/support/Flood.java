package io.gatehouse.support;

import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.delivery.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Many events about one tenant, straight to the broker, where writes would take hours. */
public final class Flood {

  /** Of a body; an event about a user has as much. */
  private static final int BYTES = 1_200;

  private static final int BATCH = 500;

  private final EventPublisher publisher;
  private final String tenant;

  public Flood(Gateway gateway, String tenant) {
    this.publisher = gateway.bean(EventPublisher.class);
    this.tenant = tenant;
  }

  /** As many for subscribers of the profile {@code directory}; their sequence counts from 0. */
  public void send(int events) {
    send(events, () -> true);
  }

  /** The same, as long as something holds. */
  public void send(int events, BooleanSupplier goOn) {
    for (int first = 0; first < events && goOn.getAsBoolean(); first += BATCH) {
      List<CloudEvent> batch = new ArrayList<>();
      for (int i = first; i < Math.min(events, first + BATCH); i++) {
        batch.add(event(i));
      }
      publisher.publish(batch);
    }
  }

  /** One of them, with an id of its own. */
  public CloudEvent event(int number) {
    String id = UUID.randomUUID().toString();
    String sequence = "%019d".formatted(number);
    String type = "gatehouse.user.updated.v1";
    String subject = "/Users/" + UUID.nameUUIDFromBytes(new byte[] {(byte) number});
    String body =
        """
        {"id":"%s","sequence":"%s","type":"%s","subject":"%s","data":{"filler":"%s"}}"""
            .formatted(id, sequence, type, subject, "x".repeat(BYTES));
    return new CloudEvent(
        Profile.DIRECTORY.address(),
        id,
        tenant + ":" + subject,
        Map.of("id", id, "type", type, "subject", subject, "sequence", sequence),
        tenant,
        body);
  }
}
