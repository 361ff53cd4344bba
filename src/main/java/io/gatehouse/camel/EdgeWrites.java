package io.gatehouse.camel;

import io.gatehouse.command.Envelope;
import io.gatehouse.command.LogScope;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.edge.CommandReader;
import io.gatehouse.edge.RateExceededException;
import io.gatehouse.edge.RateLimits;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.edge.ScimResponse;
import io.gatehouse.edge.WriteResponses;
import io.gatehouse.scim.ScimException;
import io.gatehouse.tenant.Connections;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The two conversions of {@code edge-write}: request to command, outcome to response. */
@Component("edgeWrites")
final class EdgeWrites {

  private final CommandReader commandReader;
  private final RateLimits rateLimits;
  private final WriteResponses answers;
  private final WrittenResponses writtenResponses;

  EdgeWrites(
      CommandReader commandReader,
      RateLimits rateLimits,
      WriteResponses answers,
      WrittenResponses writtenResponses) {
    this.commandReader = commandReader;
    this.rateLimits = rateLimits;
    this.answers = answers;
    this.writtenResponses = writtenResponses;
  }

  /**
   * The command that a request asks for.
   *
   * @param wait not null when the request exceeds the rate of its connection
   * @throws ScimException 4xx when the request is invalid
   * @throws RateExceededException when it exceeds the rate and its command is not urgent
   */
  Envelope command(
      @Body ScimRequest request,
      @ExchangeProperty(RateExceededException.WAIT) @Nullable Integer wait) {
    Envelope envelope = commandReader.envelope(request);
    if (wait != null && (!envelope.isUrgent() || isRefused(request.client()))) {
      throw new RateExceededException(wait);
    }
    request.client().call().makes(envelope.id());
    LogScope.command(envelope.id());
    return envelope;
  }

  private boolean isRefused(ScimRequest.Client client) {
    return rateLimits
        .refusesUrgent(new Connections.Holder(client.caller(), client.settings()))
        .isPresent();
  }

  /**
   * The response to a request whose command had this outcome. After a failure here the outcome
   * counts as not received, so that a retry still gets it.
   */
  ScimResponse respond(
      @Body ScimRequest request,
      @Variable("command") Envelope command,
      @Variable("outcome") Outcome outcome) {
    try {
      return answers.to(request, command.command(), outcome);
    } catch (RuntimeException e) {
      writtenResponses.markUntold(command.id());
      throw e;
    }
  }
}
