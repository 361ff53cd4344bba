package io.gatehouse.camel;

import io.gatehouse.command.Envelope;
import io.gatehouse.command.EnvelopeCodec;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/** Commands, in order per resource. */
final class CommandFormat implements QueueFormat<Envelope> {

  @Override
  public Envelope in(Message message) throws InvalidPayloadException {
    return message.getMandatoryBody(Envelope.class);
  }

  @Override
  public String encode(Envelope one) {
    return EnvelopeCodec.encode(one);
  }

  @Override
  public Envelope decode(String text) {
    return EnvelopeCodec.decode(text);
  }

  @Override
  public String key(Envelope one) {
    return one.orderingKey();
  }
}
