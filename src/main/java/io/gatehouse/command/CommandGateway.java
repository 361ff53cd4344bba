package io.gatehouse.command;

/** Sends commands that do not come from SCIM calls through the same queue as all others. */
public interface CommandGateway {

  /**
   * Sends a command and waits for its outcome.
   *
   * @return the outcome; 503 when it does not arrive in time, or when the command could not be sent
   */
  Outcome submit(Caller caller, Command command);

  /**
   * Sends a command without waiting for its outcome. When this returns, the command is stored
   * durably.
   *
   * @throws RuntimeException when it was not accepted
   */
  void send(Caller caller, Command command);

  /**
   * Sends a command with an id that the caller chose. Commands with the same id are applied once.
   *
   * @throws RuntimeException when it was not accepted
   */
  void send(CommandId id, Caller caller, Command command);

  /**
   * Sends a command that a webhook or poll caused, and waits for its outcome. Commands with the
   * same id are applied once and have the same outcome.
   */
  Outcome submit(CommandId id, Caller caller, Command command, EventOrigin origin);

  /**
   * Sends a command that a webhook or poll caused. Commands with the same id are applied once.
   *
   * @throws RuntimeException when it was not accepted
   */
  void send(CommandId id, Caller caller, Command command, EventOrigin origin);
}
