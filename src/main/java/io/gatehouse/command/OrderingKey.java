package io.gatehouse.command;

import io.gatehouse.scim.NameKey;

/**
 * What orders a command within its tenant: the resource, or for a create the name that is to be
 * taken.
 */
final class OrderingKey implements Command.Cases<String> {

  private static final OrderingKey INSTANCE = new OrderingKey();

  private OrderingKey() {}

  static String of(Command command) {
    return command.match(INSTANCE);
  }

  @Override
  public String create(Command.Create command) {
    return NameKey.of(command.resource().path("userName").asText());
  }

  @Override
  public String replace(Command.Replace command) {
    return command.target().toString();
  }

  @Override
  public String modify(Command.Modify command) {
    return command.target().toString();
  }

  @Override
  public String delete(Command.Delete command) {
    return command.target().toString();
  }

  @Override
  public String govern(Command.Lifecycle command) {
    return command.target().toString();
  }

  @Override
  public String conform(Command.Conform command) {
    return command.target().toString();
  }

  /** Each its own, so that in time each consumer gets one. */
  @Override
  public String probe(Command.Probe command) {
    return command.target().toString();
  }
}
