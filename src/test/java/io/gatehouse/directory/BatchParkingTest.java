package io.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Commands that nobody waits for stay in order behind the one of their resource that is parked. */
class BatchParkingTest {

  private static final Caller CALLER =
      new Caller(UUID.randomUUID(), "acme", UUID.randomUUID(), "okta");
  private static final EventOrigin WEBHOOK = new EventOrigin("webhook", null, "00u1", null);
  private static final Outcome BRAKED = new Outcome.Refused(ScimError.tooMany("Too many leave."));

  private final UUID ada = new UUID(0, 1);
  private final UUID grace = new UUID(0, 2);
  private final FakeParking parking = new FakeParking();
  private final List<Envelope> folded = new ArrayList<>();
  private final Set<UUID> braked = new HashSet<>();

  @Test
  void appliesWhatNobodyIsParkedBefore() {
    Envelope first = signal(ada);
    Envelope second = signal(grace);

    List<FoldResult> results = apply(first, second);

    assertThat(folded).containsExactly(first, second);
    assertThat(results).extracting(it -> it.outcome().status()).containsExactly(204, 204);
    assertThat(parking.calls).isEmpty();
  }

  @Test
  void parksBehindWhatIsParkedAlready() {
    Envelope behind = signal(ada);
    Envelope other = signal(grace);
    parking.keys.add(behind.orderingKey());

    List<FoldResult> results = apply(behind, other);

    assertThat(folded).containsExactly(other);
    assertThat(parking.calls).containsExactly("behind " + behind.id());
    assertThat(results.get(0).outcome().status()).isEqualTo(ScimError.TOO_MANY);
    assertThat(results.get(0).change()).isEmpty();
  }

  @Test
  void parksWhatTheBrakeStopsAndAllBehindItInTheSameBatch() {
    braked.add(ada);
    Envelope stopped = signal(ada);
    Envelope other = signal(grace);
    Envelope behind = signal(ada);

    List<FoldResult> results = apply(stopped, other, behind);

    assertThat(parking.calls).containsExactly("brake " + stopped.id(), "behind " + behind.id());
    assertThat(folded).as("what stands behind is not applied").containsExactly(stopped, other);
    assertThat(results).extracting(FoldResult::envelope).containsExactly(stopped, other, behind);
    assertThat(results).extracting(it -> it.outcome().status()).containsExactly(429, 204, 429);
  }

  /** Its caller hears the refusal and says it again. */
  @Test
  void neverParksACommandThatSomebodyWaitsFor() {
    braked.add(ada);
    Envelope call = call(ada);
    parking.keys.add(call.orderingKey());
    Envelope signal = signal(grace);

    List<FoldResult> results = apply(call, signal);

    assertThat(folded).containsExactly(call, signal);
    assertThat(parking.calls).isEmpty();
    assertThat(results.get(0).outcome()).isSameAs(BRAKED);
  }

  @Test
  void doesNotAskTheStoreWhenSomebodyWaitsForAll() {
    apply(call(ada), call(grace));

    assertThat(parking.asked).isZero();
  }

  @Test
  void parksNothingElseThatIsRefused() {
    Envelope unknown = signal(new UUID(0, 404));

    List<FoldResult> results = apply(unknown);

    assertThat(results.get(0).outcome().status()).isEqualTo(404);
    assertThat(parking.calls).isEmpty();
  }

  private List<FoldResult> apply(Envelope... batch) {
    BatchParking parked = new BatchParking(parking, List.of(batch));
    return List.of(batch).stream().map(it -> parked.apply(it, this::fold)).toList();
  }

  private FoldResult fold(Envelope envelope) {
    folded.add(envelope);
    UUID target = envelope.command().target();
    Outcome outcome =
        target.getLeastSignificantBits() == 404
            ? new Outcome.Refused(ScimError.notFound("There is none."))
            : braked.contains(target) ? BRAKED : new Outcome.Deleted(target);
    return new FoldResult(envelope, outcome, Optional.empty());
  }

  private static Envelope signal(UUID target) {
    return envelope(target, new Envelope.Trace("i1", Instant.EPOCH, "", List.of(), WEBHOOK));
  }

  private static Envelope call(UUID target) {
    return envelope(target, new Envelope.Trace("i1", Instant.EPOCH, "", List.of()));
  }

  private static Envelope envelope(UUID target, Envelope.Trace trace) {
    return new Envelope(
        CommandId.next(Instant.EPOCH),
        CALLER,
        new Command.Delete(ResourceType.USER, target, null),
        trace);
  }

  private static final class FakeParking implements Parking {

    final Set<String> keys = new HashSet<>();
    final List<String> calls = new ArrayList<>();
    int asked;

    @Override
    public Set<String> occupied(Collection<String> orderingKeys) {
      asked++;
      Set<String> found = new HashSet<>(keys);
      found.retainAll(Set.copyOf(orderingKeys));
      return found;
    }

    @Override
    public void park(Envelope envelope, Cause cause) {
      calls.add(cause.word() + " " + envelope.id());
    }

    @Override
    public List<Queue> queues(Collection<String> tenants) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<UUID> braked(UUID connection) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Parked> first(UUID key, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Parked> open(UUID key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close(Collection<Parked> sent) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int discard(UUID key, boolean braked) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Queue queue(UUID key) {
      throw new UnsupportedOperationException();
    }
  }
}
