package io.gatehouse.command;

/** Commands that do not come from an IdP: they go the same way as all others. */
public interface Orders {

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
}
