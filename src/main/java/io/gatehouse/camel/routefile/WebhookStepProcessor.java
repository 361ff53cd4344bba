package io.gatehouse.camel.routefile;

import io.gatehouse.webhook.WebhookExchange;
import io.gatehouse.webhook.WebhookStep;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;

/** One step of a webhook route; it is skipped when an earlier step has answered. */
record WebhookStepProcessor(WebhookStep step) implements Processor {

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    WebhookExchange intake = exchange.getMessage().getMandatoryBody(WebhookExchange.class);
    if (intake.answer() == null) {
      exchange.getMessage().setBody(step.process(intake));
    }
  }
}
