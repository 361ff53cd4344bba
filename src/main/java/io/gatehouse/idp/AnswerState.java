package io.gatehouse.idp;

import io.gatehouse.edge.WebhookAnswer;

/** A call whose header {@code X-Goog-Resource-State} is {@code sync} only opens a channel. */
record AnswerState(String header, String value) implements IntakeStep {

  static AnswerState of(StepParameters parameters) {
    return new AnswerState(parameters.text("header"), parameters.text("value"));
  }

  @Override
  public Intake take(Intake intake) {
    return intake.call().is("POST")
            && intake.call().header(header).filter(value::equals).isPresent()
        ? intake.answered(WebhookAnswer.empty(200))
        : intake;
  }
}
