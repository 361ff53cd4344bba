package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.edge.WebhookAnswer;
import io.gatehouse.edge.WebhookCall;
import io.gatehouse.edge.WebhookConnection;
import io.gatehouse.inbox.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook call on its way through the steps of a route. Each step makes another one of it, until
 * one has the answer; the steps after that one are passed by.
 *
 * @param content what the call says, as far as it is read
 * @param answer null as long as no step has answered
 */
public record Intake(
    WebhookCall call,
    WebhookConnection connection,
    Content content,
    @Nullable WebhookAnswer answer) {

  /**
   * What a call says.
   *
   * @param proof a name of what was signed, the same when the same comes again; null where a secret
   *     that is always the same proves the sender
   * @param events in the sender's words
   * @param signals in ours
   * @param refused how many events did not prove the sender
   */
  public record Content(
      @Nullable String proof, List<JsonNode> events, List<Signal> signals, int refused) {}

  public static Intake of(WebhookCall call, WebhookConnection connection) {
    return new Intake(call, connection, new Content(null, List.of(), List.of(), 0), null);
  }

  Intake answered(WebhookAnswer given) {
    return new Intake(call, connection, content, given);
  }

  /** With a name of what was signed. */
  public Intake proven(String proof) {
    return with(new Content(proof, content.events(), content.signals(), content.refused()));
  }

  /** With what the call consists of. */
  public Intake withEvents(List<JsonNode> events) {
    return with(new Content(content.proof(), events, content.signals(), content.refused()));
  }

  /** With those of its events only that prove the sender. */
  Intake withProvenEvents(List<JsonNode> events) {
    int refused = content.events().size() - events.size();
    return with(new Content(content.proof(), events, content.signals(), refused));
  }

  Intake withSignals(List<Signal> signals) {
    return with(new Content(content.proof(), content.events(), signals, content.refused()));
  }

  private Intake with(Content read) {
    return new Intake(call, connection, read, answer);
  }
}
