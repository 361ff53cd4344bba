package io.gatehouse.command;

import io.gatehouse.scim.NameKey;

/**
 * The key that orders commands within a tenant: the resource, or for a create the name of the new
 * resource.
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

  /** A key of its own, so that probes reach all consumers in time. */
  @Override
  public String probe(Command.Probe command) {
    return command.target().toString();
  }
}
