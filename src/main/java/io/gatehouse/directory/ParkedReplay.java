package io.gatehouse.directory;

import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.directory.Parking.Parked;
import java.util.Objects;
import java.util.UUID;

/** What becomes of parked commands: an administrator has them applied, or discards them. */
public final class ParkedReplay {

  private final Parking parking;
  private final CommandGateway commandGateway;

  public ParkedReplay(Parking parking, CommandGateway commandGateway) {
    this.parking = parking;
    this.commandGateway = commandGateway;
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
      EventOrigin origin = Objects.requireNonNull(envelope.trace().source());
      commandGateway.send(
          it.again(), envelope.caller(), envelope.command(), asOfNow ? undated(origin) : origin);
    }
    parking.remove(key);
  }

  private static EventOrigin undated(EventOrigin origin) {
    return new EventOrigin(origin.channel(), origin.eventId(), origin.subject(), null);
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
