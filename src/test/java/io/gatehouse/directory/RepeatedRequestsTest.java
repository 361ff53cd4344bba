package io.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.Change;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is repeated, because its first answer was lost, is not refused for that. */
class RepeatedRequestsTest {

  private static final Outcome CREATED =
      new Outcome.Created(
          new Outcome.Snapshot(
              ResourceType.USER,
              UUID.randomUUID(),
              1,
              Instant.EPOCH,
              Instant.EPOCH,
              Json.object()));

  private final Outcomes outcomes = new Outcomes();
  private final RepeatedRequests repeated = new RepeatedRequests(outcomes);

  @ParameterizedTest
  @ValueSource(ints = {409, 404, 412})
  void givesTheFirstAnswerThatWasNeverHeard(int status) {
    FoldResult again = result("same", refused(status));
    outcomes.unheard.put("same", CREATED);

    List<FoldResult> answered = repeated.answer(List.of(again));

    assertThat(answered)
        .containsExactly(new FoldResult(again.envelope(), CREATED, Optional.empty()));
    assertThat(outcomes.recorded).containsOnly(Map.entry(again.envelope().id(), CREATED));
  }

  @Test
  void leavesARefusalWhoseFirstAnswerWasHeard() {
    List<FoldResult> results = List.of(result("same", refused(409)));

    assertThat(repeated.answer(results)).isEqualTo(results);
    assertThat(outcomes.recorded).isEmpty();
  }

  /** They do not come from what the first attempt has done. */
  @ParameterizedTest
  @ValueSource(ints = {400, 403, 429, 500, 503})
  void leavesOtherRefusals(int status) {
    outcomes.unheard.put("same", CREATED);
    List<FoldResult> results = List.of(result("same", refused(status)));

    assertThat(repeated.answer(results)).isEqualTo(results);
    assertThat(outcomes.asked).as("nothing to ask the store for").isEmpty();
    assertThat(outcomes.recorded).isEmpty();
  }

  /** A success is the truth of today, whatever was answered before. */
  @Test
  void leavesASuccessBesideARefusalOfTheSameRequest() {
    Outcome deleted = new Outcome.Deleted(UUID.randomUUID());
    FoldResult success = result("same", deleted);
    FoldResult refusal = result("same", refused(404));
    outcomes.unheard.put("same", CREATED);

    List<FoldResult> answered = repeated.answer(List.of(success, refusal));

    assertThat(answered).extracting(FoldResult::outcome).containsExactly(deleted, CREATED);
    assertThat(outcomes.recorded).containsOnlyKeys(refusal.envelope().id());
  }

  @Test
  void answersEachOfABatchInItsPlaceAndAsksOnce() {
    FoldResult first = result("one", refused(409));
    FoldResult second = result("two", refused(400));
    FoldResult third = result("three", refused(412));
    Outcome other = new Outcome.Deleted(UUID.randomUUID());
    outcomes.unheard.put("one", CREATED);
    outcomes.unheard.put("two", CREATED);
    outcomes.unheard.put("three", other);

    List<FoldResult> answered = repeated.answer(List.of(first, second, third));

    assertThat(answered)
        .extracting(FoldResult::outcome)
        .containsExactly(CREATED, second.outcome(), other);
    assertThat(outcomes.asked).hasSize(1);
    assertThat(outcomes.asked.get(0)).containsExactlyInAnyOrder("one", "three");
  }

  private static Outcome refused(int status) {
    return new Outcome.Refused(new ScimError(status, null, "No."));
  }

  private static FoldResult result(String fingerprint, Outcome outcome) {
    Envelope envelope =
        new Envelope(
            CommandId.next(Instant.EPOCH),
            new Caller(UUID.randomUUID(), "acme", UUID.randomUUID(), "okta"),
            new Command.Delete(ResourceType.USER, UUID.randomUUID(), null),
            new Envelope.Trace("i1", Instant.EPOCH, fingerprint, List.of()));
    return new FoldResult(envelope, outcome, Optional.<Change>empty());
  }

  private static final class Outcomes implements OutcomeStore {

    final Map<String, Outcome> unheard = new HashMap<>();
    final Map<CommandId, Outcome> recorded = new HashMap<>();
    final List<Collection<String>> asked = new ArrayList<>();

    @Override
    public Map<String, Outcome> unheard(Collection<String> fingerprints) {
      asked.add(fingerprints);
      Map<String, Outcome> found = new HashMap<>(unheard);
      found.keySet().retainAll(List.copyOf(fingerprints));
      return found;
    }

    @Override
    public void record(Map<CommandId, Outcome> outcomes) {
      recorded.putAll(outcomes);
    }

    @Override
    public Instant begin(UUID tenant) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void add(List<FoldResult> results) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Claim unclaimed(List<Envelope> batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Claim claim(List<Envelope> batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void recordWritten(String instance, WrittenResponses.Known known) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int alive(String instance) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void ended(String instance) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void touch(String instance) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<CommandId, Outcome> stored(Collection<CommandId> ids) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget() {
      throw new UnsupportedOperationException();
    }
  }
}
