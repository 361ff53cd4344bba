package io.gatehouse.camel;

import io.gatehouse.idp.Intake;
import io.gatehouse.idp.IntakeStep;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;

/** One step of a webhook route; it is passed by when a step before it has answered. */
record TakeIn(IntakeStep step) implements Processor {

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Intake intake = exchange.getMessage().getMandatoryBody(Intake.class);
    if (intake.answer() == null) {
      exchange.getMessage().setBody(step.take(intake));
    }
  }
}
