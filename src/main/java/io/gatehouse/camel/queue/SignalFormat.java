package io.gatehouse.camel.queue;

import io.gatehouse.inbox.SignalBatch;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/** The message format of signals from webhook calls, in order per connection. */
public final class SignalFormat implements QueueFormat<SignalBatch> {

  @Override
  public SignalBatch in(Message message) throws InvalidPayloadException {
    return message.getMandatoryBody(SignalBatch.class);
  }

  @Override
  public String encode(SignalBatch one) {
    return one.text();
  }

  @Override
  public SignalBatch decode(String text) {
    return SignalBatch.of(text);
  }

  @Override
  public boolean mayComeLate() {
    return true;
  }

  @Override
  public String key(SignalBatch one) {
    return one.connection().toString();
  }
}
