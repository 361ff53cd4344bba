package io.gatehouse.directory;

import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.ScimError;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Parks commands of webhooks and polls that cannot be applied now, while a batch is folded. */
final class BatchParking {

  private static final Outcome PARKED =
      new Outcome.Refused(ScimError.tooMany("Parked behind another command of the same resource."));

  private final Parking parking;
  private final Set<String> occupied;

  BatchParking(Parking parking, List<Envelope> batch) {
    this.parking = parking;
    List<String> keys =
        batch.stream().filter(Envelope::isUnattended).map(Envelope::orderingKey).toList();
    this.occupied = keys.isEmpty() ? Set.of() : new HashSet<>(parking.occupied(keys));
  }

  FoldResult apply(Envelope envelope, Function<Envelope, FoldResult> fold) {
    if (!envelope.isUnattended()) {
      return fold.apply(envelope);
    }
    if (occupied.contains(envelope.orderingKey())) {
      parking.park(envelope, Parking.Cause.BEHIND);
      return new FoldResult(envelope, PARKED, Optional.empty());
    }
    FoldResult result = fold.apply(envelope);
    if (result.outcome().status() == ScimError.TOO_MANY) {
      parking.park(envelope, Parking.Cause.BRAKE);
      occupied.add(envelope.orderingKey());
    }
    return result;
  }
}
