package io.gatehouse.idp;

import io.gatehouse.edge.WebhookAnswer;
import io.gatehouse.scim.Json;

/**
 * {@code GET} with {@code X-Okta-Verification-Challenge: abc} is answered {@code
 * {"verification":"abc"}}.
 */
record EchoChallenge(String header, String member) implements IntakeStep {

  static EchoChallenge of(StepParameters parameters) {
    return new EchoChallenge(parameters.text("header"), parameters.text("member"));
  }

  @Override
  public Intake take(Intake intake) {
    if (!intake.call().is("GET")) {
      return intake;
    }
    return intake
        .call()
        .header(header)
        .map(it -> WebhookAnswer.json(200, Json.object().put(member, it)))
        .map(intake::answered)
        .orElse(intake);
  }
}
