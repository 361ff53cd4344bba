package io.gatehouse.idp;

import io.gatehouse.edge.WebhookAnswer;

/**
 * The answer to a call that is kept: the status that the sender takes for a success, without a
 * body.
 *
 * @param cloudEvent the one for events in the media type of CloudEvents
 */
record Acknowledge(int status, int cloudEvent) implements IntakeStep {

  static Acknowledge of(StepParameters parameters) {
    String status = parameters.oneOf("status", "200", "201", "202", "204");
    boolean given = parameters.find("cloudEvent").isPresent();
    return new Acknowledge(
        Integer.parseInt(status),
        Integer.parseInt(
            given ? parameters.oneOf("cloudEvent", "200", "201", "202", "204") : status));
  }

  @Override
  public Intake take(Intake intake) {
    boolean isCloudEvent =
        intake
            .call()
            .header("Content-Type")
            .filter(it -> it.startsWith("application/cloudevents"))
            .isPresent();
    return intake.answered(WebhookAnswer.empty(isCloudEvent ? cloudEvent : status));
  }
}
