package io.gatehouse.admin.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gatehouse.admin.explain.Explanation.CommandView;
import io.gatehouse.command.Command;
import io.gatehouse.scim.Json;

/** Commands as an explanation shows them. */
final class CommandViews implements Command.Cases<CommandView> {

  private static final CommandViews CASES = new CommandViews();

  private CommandViews() {}

  static CommandView of(Command command) {
    return command.match(CASES);
  }

  @Override
  public CommandView create(Command.Create command) {
    return new CommandView(
        command.type().label(), "create", null, JsonDifference.plain(command.resource()));
  }

  @Override
  public CommandView replace(Command.Replace command) {
    return new CommandView(
        command.type().label(),
        "replace",
        command.target(),
        JsonDifference.plain(command.resource()));
  }

  @Override
  public CommandView modify(Command.Modify command) {
    ArrayNode operations = Json.array();
    command.operations().forEach(it -> operations.add(it.json()));
    return new CommandView(
        command.type().label(), "modify", command.target(), JsonDifference.plain(operations));
  }

  @Override
  public CommandView govern(Command.Lifecycle command) {
    return new CommandView(
        command.type().label(), command.measure().word(), command.target(), null);
  }

  @Override
  public CommandView delete(Command.Delete command) {
    return new CommandView(command.type().label(), "delete", command.target(), null);
  }
}
