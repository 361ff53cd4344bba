package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.camel.queue.CommandFormat;
import io.gatehouse.camel.queue.QueueAccess;
import io.gatehouse.camel.queue.QueueComponent;
import io.gatehouse.camel.queue.SignalFormat;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EnvelopeCodec;
import io.gatehouse.inbox.SignalBatch;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The routes that read a queue in a transaction: what they took is gone, what they refused is there
 * again.
 */
class QueueRoutesTest extends AdvisedRoutes {

  private static final FakeQueue COMMANDS = new FakeQueue();
  private static final FakeQueue SIGNALS = new FakeQueue();

  /** A route, by the queue that it reads and the step that does the work. */
  enum Reader {
    COMMAND_APPLY(COMMANDS, "directory.apply", EnvelopeCodec.encode(envelope())),
    INBOX_KEEP(SIGNALS, "inboxWriter.keep", new SignalBatch(new UUID(2, 2), List.of()).text());

    private final FakeQueue queue;
    private final String step;
    private final String message;

    Reader(FakeQueue queue, String step, String message) {
      this.queue = queue;
      this.step = step;
      this.message = message;
    }
  }

  @Override
  String routes() {
    return "command-apply,inbox-keep";
  }

  @Override
  boolean isSentTo(RouteDefinition route) {
    return false;
  }

  @Override
  String[] ends() {
    return new String[0];
  }

  @Override
  void bind(Registry registry) {
    registry.bind("command-queue", new QueueComponent<>(new CommandFormat(), access(COMMANDS)));
    registry.bind("signal-queue", new QueueComponent<>(new SignalFormat(), access(SIGNALS)));
  }

  private static QueueAccess access(FakeQueue queue) {
    return new QueueAccess(queue.connections(), null, null, () -> 0);
  }

  @BeforeEach
  void empty() {
    COMMANDS.clear();
    SIGNALS.clear();
  }

  @ParameterizedTest
  @EnumSource
  void takesOffTheQueueWhatTheRouteHasDone(Reader reader) {
    reader.queue.put(reader.message, reader.message);

    await().until(() -> reader.queue.taken().size() == 2);

    assertThat(done(reader)).hasSize(2);
    assertThat(reader.queue.rollbacks()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void leavesOnTheQueueWhatTheRouteHasRefusedAndDoesItAgain(Reader reader) {
    end(reader.step)
        .whenExchangeReceived(
            1,
            it -> {
              throw new StoreUnavailableException("away", null);
            });
    reader.queue.put(reader.message);

    await().until(() -> reader.queue.taken().size() == 1);

    assertThat(reader.queue.rollbacks()).isEqualTo(1);
    assertThat(done(reader)).hasSize(2);
    assertThat(reader.queue.putAside()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void putsAsideWhatCannotBeReadAndDoesTheRest(Reader reader) {
    reader.queue.put("{\"v\": 77}", reader.message);

    await().until(() -> reader.queue.taken().size() == 2);

    assertThat(reader.queue.putAside()).containsExactly("{\"v\": 77}");
    assertThat(done(reader)).hasSize(1);
  }

  private List<?> done(Reader reader) {
    return bodies(reader.step).stream()
        .map(it -> (Collection<?>) it)
        .flatMap(Collection::stream)
        .toList();
  }

  private static Envelope envelope() {
    return new Envelope(
        CommandId.next(Instant.EPOCH),
        new Caller(new UUID(1, 1), "acme", new UUID(2, 2), "standard"),
        new Command.Delete(ResourceType.USER, new UUID(3, 3), null),
        new Envelope.Trace("here", Instant.EPOCH, "fingerprint", List.of()));
  }
}
