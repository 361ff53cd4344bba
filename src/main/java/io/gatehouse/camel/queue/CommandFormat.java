package io.gatehouse.camel.queue;

import io.gatehouse.command.Envelope;
import io.gatehouse.command.EnvelopeCodec;
import java.time.Duration;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/** The message format of commands, in order per resource. */
public final class CommandFormat implements QueueFormat<Envelope> {

  /**
   * The time to live of a probe. It bounds the number of probes that wait while no consumer runs,
   * and is much longer than the time after which a probe counts as lost, because the clock of the
   * broker may differ.
   */
  private static final Duration PROBED = Duration.ofMinutes(10);

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

  @Override
  public Duration lifetime(Envelope one) {
    return one.isProbe() ? PROBED : Duration.ZERO;
  }
}
