package io.gatehouse.command;

/** Commands that do not come from an IdP: they go the same way as all others. */
public interface CommandGateway {

  /**
   * Sends a command and waits for what becomes of it.
   *
   * @return the outcome; 503 when it does not come in time, or when the command could not be sent
   */
  Outcome submit(Caller caller, Command command);

  /**
   * Sends a command that nobody waits for; when this returns, it is kept.
   *
   * @throws RuntimeException when it was not accepted
   */
  void send(Caller caller, Command command);

  /**
   * The same with an id of the caller's choice; one with the same id is applied once.
   *
   * @throws RuntimeException when it was not accepted
   */
  void send(CommandId id, Caller caller, Command command);

  /**
   * The same for a command that comes from what an IdP said out of turn; one with the same id is
   * applied once and has the same outcome.
   */
  Outcome submit(CommandId id, Caller caller, Command command, EventOrigin origin);

  /**
   * Sends a command that comes from what an IdP said out of turn; one with the same id is applied
   * once.
   *
   * @throws RuntimeException when it was not accepted
   */
  void send(CommandId id, Caller caller, Command command, EventOrigin origin);
}
