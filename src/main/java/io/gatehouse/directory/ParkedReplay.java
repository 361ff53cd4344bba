package io.gatehouse.directory;

import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.directory.Parking.Parked;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Replays or discards parked commands by decision of an administrator. */
public final class ParkedReplay {

  private final Parking parking;
  private final CommandGateway commandGateway;

  public ParkedReplay(Parking parking, CommandGateway commandGateway) {
    this.parking = parking;
    this.commandGateway = commandGateway;
  }

  /**
   * Sends the commands of a resource again, in their order. They are deleted when all are sent. A
   * command that is sent twice has the same id and is applied once. One that fails again is parked
   * again, perhaps before this method returns.
   *
   * @param asOfNow whether to apply them although a newer command has been applied
   * @return their number
   */
  public int replay(UUID key, boolean asOfNow) {
    List<Parked> opened = parking.open(key);
    for (Parked it : opened) {
      Envelope envelope = it.envelope();
      commandGateway.send(
          it.again(), envelope.caller(), envelope.command(), origin(envelope, asOfNow));
    }
    parking.close(opened);
    return opened.size();
  }

  /**
   * The commands that a replay would send, in their order. They stay parked.
   *
   * @param asOfNow as for the replay
   */
  public List<Envelope> first(UUID key, boolean asOfNow, int limit) {
    return parking.first(key, limit).stream().map(it -> again(it, asOfNow)).toList();
  }

  private static Envelope again(Parked parked, boolean asOfNow) {
    Envelope envelope = parked.envelope();
    Envelope.Trace trace = envelope.trace();
    Envelope.Trace replayed =
        new Envelope.Trace(
            trace.instance(),
            trace.acceptedAt(),
            trace.fingerprint(),
            trace.repairs(),
            origin(envelope, asOfNow));
    return new Envelope(parked.again(), envelope.caller(), envelope.command(), replayed);
  }

  private static EventOrigin origin(Envelope envelope, boolean asOfNow) {
    EventOrigin origin = Objects.requireNonNull(envelope.trace().source());
    return asOfNow ? undated(origin) : origin;
  }

  private static EventOrigin undated(EventOrigin origin) {
    return new EventOrigin(origin.channel(), origin.eventId(), origin.subject(), null);
  }

  /** Replays the deactivations that the brake of a connection has parked. */
  public void replayBraked(UUID connection) {
    for (UUID key : parking.braked(connection)) {
      replay(key, false);
    }
  }

  /**
   * Discards the deactivations that the brake of a connection has parked, so that the users stay
   * active. Sends the other commands that have waited behind them.
   */
  public void discardBraked(UUID connection) {
    for (UUID key : parking.braked(connection)) {
      parking.discard(key, true);
      replay(key, false);
    }
  }
}
