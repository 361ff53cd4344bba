package io.gatehouse.command;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The call or command that the current thread works for, as fields of its lines in the structured
 * log: {@code gatehouse.tenant}, {@code gatehouse.connection} and {@code gatehouse.command}. They
 * are names and ids of the gateway, never data of a user.
 */
public final class LogScope implements AutoCloseable {

  public static final String TENANT = "gatehouse.tenant";
  public static final String CONNECTION = "gatehouse.connection";

  /** The id of the command, which events have as {@code correlationid}. */
  public static final String COMMAND = "gatehouse.command";

  private final @Nullable String tenant = MDC.get(TENANT);
  private final @Nullable String connection = MDC.get(CONNECTION);
  private final @Nullable String command = MDC.get(COMMAND);

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

  @Override
  public void close() {
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
