package io.gatehouse.directory;

import io.gatehouse.command.Envelope;
import io.gatehouse.command.Orders;
import io.gatehouse.command.Source;
import io.gatehouse.directory.Parking.Parked;
import java.util.Objects;
import java.util.UUID;

/** What becomes of parked commands: an administrator has them applied, or discards them. */
public final class Replay {

  private final Parking parking;
  private final Orders orders;

  public Replay(Parking parking, Orders orders) {
    this.parking = parking;
    this.orders = orders;
  }

  /**
   * Sends the commands of a resource again, in their order. They are forgotten when all are sent;
   * one that was sent twice has the same id and is applied once.
   *
   * @param asOfNow whether they are to be applied although something newer has been
   */
  public void replay(UUID key, boolean asOfNow) {
    for (Parked it : parking.open(key)) {
      Envelope envelope = it.envelope();
      Source source = Objects.requireNonNull(envelope.trace().source());
      orders.send(
          it.again(), envelope.caller(), envelope.command(), asOfNow ? undated(source) : source);
    }
    parking.remove(key);
  }

  private static Source undated(Source source) {
    return new Source(source.channel(), source.eventId(), source.subject(), null);
  }

  /** The brake lets the wave of a connection pass. */
  public void replayBraked(UUID connection) {
    parking.braked(connection).forEach(key -> replay(key, false));
  }

  /** Whoever the brake has stopped stays. */
  public void discardBraked(UUID connection) {
    parking.braked(connection).forEach(parking::remove);
  }
}
