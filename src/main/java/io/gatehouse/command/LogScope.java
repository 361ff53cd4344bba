package io.gatehouse.command;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The call or command that the current thread works for, as fields of its lines in the structured
 * log: {@code gatehouse.tenant}, {@code gatehouse.connection}, {@code gatehouse.command} and {@code
 * trace.id}. They are names and ids, never data of a user.
 */
public final class LogScope implements AutoCloseable {

  public static final String TENANT = "gatehouse.tenant";
  public static final String CONNECTION = "gatehouse.connection";

  /** The id of the command, which events have as {@code correlationid}. */
  public static final String COMMAND = "gatehouse.command";

  /** The id of the trace that the call belongs to, if it came with one. */
  public static final String TRACE = "trace.id";

  private final @Nullable String tenant = MDC.get(TENANT);
  private final @Nullable String connection = MDC.get(CONNECTION);
  private final @Nullable String command = MDC.get(COMMAND);

  private final @Nullable String trace = MDC.get(TRACE);

  private LogScope() {}

  /** Opens a scope of this thread, until it is closed. */
  public static LogScope of(Caller caller) {
    LogScope scope = new LogScope();
    put(TENANT, caller.tenantSlug());
    UUID connection = caller.connection();
    put(CONNECTION, connection == null ? null : connection.toString());
    return scope;
  }

  /** Opens a scope of this thread, until it is closed. */
  public static LogScope of(Envelope envelope) {
    LogScope scope = of(envelope.caller());
    command(envelope.id());
    trace(envelope.traceparent());
    return scope;
  }

  /** Opens a scope of a webhook call, whose tenant is not looked up. */
  public static LogScope of(@Nullable UUID connection) {
    LogScope scope = new LogScope();
    put(CONNECTION, connection == null ? null : connection.toString());
    return scope;
  }

  /** Adds the command that the call of the open scope has become. */
  public static void command(CommandId id) {
    put(COMMAND, id.toString());
  }

  /**
   * Adds the trace of the call of the open scope.
   *
   * @param traceparent as {@link TraceParent} has it; null for none
   */
  public static void trace(@Nullable String traceparent) {
    put(TRACE, traceparent == null ? null : TraceParent.trace(traceparent));
  }

  @Override
  public void close() {
    put(TRACE, trace);
    put(TENANT, tenant);
    put(CONNECTION, connection);
    put(COMMAND, command);
  }

  private static void put(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
