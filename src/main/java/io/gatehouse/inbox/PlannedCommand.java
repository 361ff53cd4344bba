package io.gatehouse.inbox;

import io.gatehouse.command.Command;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command that follows from a signal.
 *
 * @param time of the change at the source; null when it is unknown
 */
record PlannedCommand(Command command, @Nullable Instant time) {

  /** A digest that is equal for equal changes of the same state. */
  String digest() {
    return command.match(
        new Command.Cases<>() {
          @Override
          public String create(Command.Create it) {
            return "create";
          }

          @Override
          public String replace(Command.Replace it) {
            return "replace/" + it.target() + it.ifMatch();
          }

          @Override
          public String modify(Command.Modify it) {
            return "modify/" + it.target() + it.ifMatch();
          }

          @Override
          public String delete(Command.Delete it) {
            return "delete/" + it.target() + it.ifMatch();
          }
        });
  }
}
