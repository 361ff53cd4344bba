package io.gatehouse.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.change.ChangeLog.Subject;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.MessageTraces.Step;
import io.gatehouse.inbox.SignalBatch;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The spans of what is done for several calls at once. */
class BatchSpansTest {

  private static final Caller CALLER = new Caller(new UUID(0, 1), "acme", new UUID(0, 2), "okta");

  private final List<SpanData> ended = new ArrayList<>();
  private final Spans spans = spans(1);
  private final QueueSpans<Envelope> commands = new QueueSpans<>(spans, new CommandMessages());

  @Test
  void oneCommandIsBelowItsSend() {
    Envelope sent = sent(command());

    Envelope applied = processed(List.of(sent), null).get(0);

    assertThat(ended).hasSize(2);
    assertThat(ended.get(1).getParentSpanContext().getSpanId()).isEqualTo(ended.get(0).getSpanId());
    assertThat(applied.traceparent()).contains(ended.get(1).getSpanId());
    assertThat(ended.get(1).getLinks()).isEmpty();
  }

  @Test
  void eachCommandOfABatchStaysInItsTraceAndTheBatchLinksToAll() {
    List<Envelope> batch = List.of(sent(command()), sent(command()), sent(command()));
    ended.clear();

    List<Envelope> applied = processed(batch, null);

    SpanData all = ended.get(3);
    assertThat(all.getParentSpanContext().isValid()).isFalse();
    assertThat(all.getAttributes().asMap()).containsEntry(SpanAttributes.BATCH, 3L);
    assertThat(linked(all))
        .isEqualTo(Set.copyOf(ended.subList(0, 3).stream().map(SpanData::getSpanId).toList()));
    for (int i = 0; i < 3; i++) {
      SpanData one = ended.get(i);
      assertThat(batch.get(i).traceparent()).contains(one.getTraceId(), one.getParentSpanId());
      assertThat(applied.get(i).traceparent()).contains(one.getTraceId(), one.getSpanId());
      assertThat(linked(one)).containsExactly(all.getSpanId());
    }
  }

  @Test
  void signalsCarryTheirTraceOverTheQueue() {
    QueueSpans<SignalBatch> signals = new QueueSpans<>(spans, new SignalMessages());
    Step<SignalBatch> send = signals.send(new SignalBatch(new UUID(0, 2), List.of()));
    send.end(null);

    signals.process(List.of(SignalBatch.of(send.message().text()))).end(null);

    assertThat(ended)
        .extracting(SpanData::getName)
        .containsExactly("send signals", "process signals");
    assertThat(ended.get(1).getParentSpanContext().getSpanId()).isEqualTo(ended.get(0).getSpanId());
    assertThat(ended.get(1).getTraceId()).isEqualTo(ended.get(0).getTraceId());
  }

  @Test
  void aProbeHasNone() {
    Envelope probe = envelope(new Command.Probe(UUID.randomUUID()));

    assertThat(sent(probe)).isSameAs(probe);
    assertThat(processed(List.of(probe, command()), null).get(0)).isSameAs(probe);
    assertThat(ended).extracting(SpanData::getName).containsExactly("process commands");
  }

  @Test
  void aFailureHasItsTypeAndNotItsMessage() {
    processed(List.of(command()), new IllegalStateException("grace.hopper"));

    SpanData failed = ended.get(0);
    assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(failed.getAttributes().asMap())
        .containsEntry(SpanAttributes.ERROR_TYPE, "java.lang.IllegalStateException");
    assertThat(failed.toString()).doesNotContain("grace");
  }

  @Test
  void allOfATraceAreExportedOrNone() {
    QueueSpans<Envelope> some = new QueueSpans<>(spans(0.5), new CommandMessages());
    List<Envelope> sent = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Step<Envelope> step = some.send(command());
      step.end(null);
      sent.add(step.message());
    }
    Set<String> traces = ended.stream().map(SpanData::getTraceId).collect(Collectors.toSet());
    assertThat(traces).hasSizeBetween(1, 63);
    ended.clear();

    some.process(sent).end(null);

    Set<String> processed = new HashSet<>();
    ended.stream()
        .filter(it -> it.getParentSpanContext().isValid())
        .forEach(it -> processed.add(it.getTraceId()));
    assertThat(processed).isEqualTo(traces);
    assertThat(ended).as("and the batch").hasSize(traces.size() + 1);
  }

  @Test
  void theChangesOfACommandAreRelayedTogetherAndThoseOfNoTraceWithoutSpans() {
    String first = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    String second = "00-5bf92f3577b34da6a3ce929d0e0e4736-10f067aa0ba902b7-01";
    RelaySpans relay = new RelaySpans(spans);

    assertThatThrownBy(
            () ->
                relay.announce(
                    List.of(change(first), change(first), change(null), change(second)),
                    changes -> {
                      assertThat(RelaySpans.current()).containsOnlyKeys(first, second);
                      throw new IllegalStateException("The broker is away");
                    }))
        .hasMessage("The broker is away");

    assertThat(RelaySpans.current()).isEmpty();
    assertThat(ended)
        .hasSize(3)
        .allSatisfy(it -> assertThat(it.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
    assertThat(ended.get(0).getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(ended.get(1).getParentSpanId()).isEqualTo("10f067aa0ba902b7");
    assertThat(linked(ended.get(2)))
        .containsExactlyInAnyOrder(ended.get(0).getSpanId(), ended.get(1).getSpanId());
  }

  private static Announcement change(String traceparent) {
    var data = Json.object();
    if (traceparent != null) {
      data.put("traceparent", traceparent);
    }
    return new Announcement(
        1,
        UUID.randomUUID(),
        "acme",
        new Subject("User", UUID.randomUUID(), 1, Instant.EPOCH),
        "created",
        Json.text(data));
  }

  private static Set<String> linked(SpanData span) {
    return span.getLinks().stream()
        .map(LinkData::getSpanContext)
        .map(SpanContext::getSpanId)
        .collect(Collectors.toSet());
  }

  private Envelope sent(Envelope envelope) {
    Step<Envelope> step = commands.send(envelope);
    step.end(null);
    return step.message();
  }

  private List<Envelope> processed(List<Envelope> batch, Throwable failure) {
    Step<List<Envelope>> step = commands.process(batch);
    step.end(failure);
    return step.message();
  }

  private static Envelope command() {
    return envelope(new Command.Delete(ResourceType.USER, UUID.randomUUID(), null));
  }

  private static Envelope envelope(Command command) {
    return new Envelope(
        CommandId.next(Instant.EPOCH),
        CALLER,
        command,
        new Envelope.Trace("here", Instant.EPOCH, "", List.of()));
  }

  private Spans spans(double ratio) {
    return new Spans(
        SdkTracerProvider.builder()
            .setSampler(new TraceSampler(ratio))
            .addSpanProcessor(new Ended())
            .build()
            .get("test"));
  }

  /** Keeps what would be exported. */
  private final class Ended implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      ended.add(span.toSpanData());
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}
