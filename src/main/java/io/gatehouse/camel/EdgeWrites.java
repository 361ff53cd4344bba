package io.gatehouse.camel;

import io.gatehouse.command.Envelope;
import io.gatehouse.command.Hearing;
import io.gatehouse.command.Outcome;
import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.edge.WriteAnswers;
import io.gatehouse.edge.Writes;
import io.gatehouse.scim.ScimException;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** The two conversions of {@code edge-write}: request to command, outcome to response. */
@Component("edgeWrites")
final class EdgeWrites {

  private final Writes writes;
  private final WriteAnswers answers;
  private final Hearing hearing;

  EdgeWrites(Writes writes, WriteAnswers answers, Hearing hearing) {
    this.writes = writes;
    this.answers = answers;
    this.hearing = hearing;
  }

  /**
   * The command that a request asks for.
   *
   * @throws ScimException 400 and the like when the request is none
   */
  Envelope command(ScimRequest request) {
    Envelope envelope = writes.envelope(request);
    request.client().call().makes(envelope.id());
    return envelope;
  }

  /**
   * The response to a request whose command had this outcome. A failure here is answered too, but
   * not with the outcome, so that a retry still gets that.
   */
  ScimAnswer respond(
      @Body ScimRequest request,
      @Variable("command") Envelope command,
      @Variable("outcome") Outcome outcome) {
    try {
      return answers.to(request, outcome);
    } catch (RuntimeException e) {
      hearing.unheard(command.id());
      throw e;
    }
  }
}
