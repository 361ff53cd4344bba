package io.gatehouse.command;

import io.gatehouse.scim.PatchOperation;

/** Whether a command must get through when others are told to come later: somebody leaves. */
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

  /** The job that sends it waits. */
  @Override
  public Boolean conform(Command.Conform command) {
    return false;
  }

  /** An administrator is not an IdP that repeats it. */
  @Override
  public Boolean govern(Command.Lifecycle command) {
    return true;
  }
}
