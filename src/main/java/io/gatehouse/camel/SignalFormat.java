package io.gatehouse.camel;

import io.gatehouse.inbox.Bundle;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/** What webhook calls have brought, in order per connection. */
final class SignalFormat implements QueueFormat<Bundle> {

  @Override
  public Bundle in(Message message) throws InvalidPayloadException {
    return message.getMandatoryBody(Bundle.class);
  }

  @Override
  public String encode(Bundle one) {
    return one.text();
  }

  @Override
  public Bundle decode(String text) {
    return Bundle.of(text);
  }

  @Override
  public String key(Bundle one) {
    return one.connection().toString();
  }
}
