package io.gatehouse.webhook;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The steps of webhook routes by name, and their required order. */
public final class WebhookSteps {

  /** The phases of a route, in their order. */
  public enum Phase {
    /** Handshakes, and the verification of a call before it is parsed. */
    DOOR,
    /** Finding the events in the body, once. */
    DECODE,
    /** The verification of each event. */
    ITEMS,
    /** Translating the events, once. */
    EVENTS,
    /** The answer, once and last. */
    ANSWER;

    /** Whether a route has exactly one step of this phase. */
    public boolean once() {
      return this != DOOR && this != ITEMS;
    }
  }

  /**
   * A kind of step.
   *
   * @param proves whether it lets only calls of the sender pass
   * @param parameters the names of its parameters
   */
  public record Kind(
      Phase phase,
      boolean proves,
      List<String> parameters,
      Function<StepParameters, WebhookStep> make) {}

  private final Map<String, Kind> kinds = new TreeMap<>();

  private WebhookSteps() {}

  /** All steps that depend only on a clock, by their names in route files. */
  public static Map<String, Kind> all(Clock clock) {
    WebhookSteps steps = new WebhookSteps();
    steps.fill(clock);
    return steps.kinds;
  }

  private void fill(Clock clock) {
    door("challenge", EchoChallenge::of, "header", "member");
    door("validation", EchoToken::of, "query");
    door("origin", it -> new AllowOrigin());
    door("ping", AnswerPing::of, "text");
    door("state", AnswerState::of, "header", "value");
    proof(Phase.DOOR, "secret", VerifySecret::of, "header", "query", "errors");
    proof(
        Phase.DOOR,
        "signature",
        it -> VerifySignature.of(it, clock),
        "header prefix fields content id timestamp unit tolerance algorithm encoding".split(" "));
    add("decode", Phase.DECODE, DecodeBody::of, "as", "events", "unwrap", "empty");
    proof(Phase.ITEMS, "items", VerifyItems::of, "member");
    add("okta", Phase.EVENTS, it -> new ReadEvents((event, in) -> OktaEvents.read(event)));
    add("graph", Phase.EVENTS, it -> new ReadEvents(GraphNotifications::read));
    add("onelogin", Phase.EVENTS, it -> new ReadEvents((event, in) -> OneLoginEvents.read(event)));
    add("answer", Phase.ANSWER, AcknowledgeCall::of, "status", "cloudEvent");
  }

  private void door(String name, Function<StepParameters, WebhookStep> make, String... parameters) {
    add(name, Phase.DOOR, make, parameters);
  }

  private void proof(
      Phase phase, String name, Function<StepParameters, WebhookStep> make, String... parameters) {
    kinds.put(name, new Kind(phase, true, List.of(parameters), make));
  }

  private void add(
      String name, Phase phase, Function<StepParameters, WebhookStep> make, String... parameters) {
    kinds.put(name, new Kind(phase, false, List.of(parameters), make));
  }
}
