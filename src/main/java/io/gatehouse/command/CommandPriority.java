package io.gatehouse.command;

import io.gatehouse.scim.PatchOperation;

/** Whether a command is urgent under load: a deactivation, a deletion or an administrator's act. */
final class CommandPriority implements Command.Cases<Boolean> {

  private static final CommandPriority INSTANCE = new CommandPriority();

  private CommandPriority() {}

  static boolean of(Command command) {
    return command.match(INSTANCE);
  }

  @Override
  public Boolean create(Command.Create command) {
    return false;
  }

  @Override
  public Boolean replace(Command.Replace command) {
    return !command.resource().path("active").asBoolean(true);
  }

  @Override
  public Boolean modify(Command.Modify command) {
    return command.operations().stream().anyMatch(PatchOperation::deactivates);
  }

  @Override
  public Boolean delete(Command.Delete command) {
    return true;
  }

  /** Not urgent: a job sends it and can wait. */
  @Override
  public Boolean conform(Command.Conform command) {
    return false;
  }

  /** Urgent: unlike an IdP, an administrator does not retry automatically. */
  @Override
  public Boolean govern(Command.Lifecycle command) {
    return true;
  }
}
