package io.gatehouse.idp;

import io.gatehouse.edge.WebhookAnswer;

/**
 * {@code POST ...?validationToken=a%2Bb} is answered {@code a+b} as plain text, whatever the body
 * is.
 */
record EchoToken(String query) implements IntakeStep {

  static EchoToken of(StepParameters parameters) {
    return new EchoToken(parameters.text("query"));
  }

  @Override
  public Intake take(Intake intake) {
    if (!intake.call().is("POST")) {
      return intake;
    }
    return intake
        .call()
        .parameter(query)
        .map(it -> intake.answered(WebhookAnswer.text(it)))
        .orElse(intake);
  }
}
