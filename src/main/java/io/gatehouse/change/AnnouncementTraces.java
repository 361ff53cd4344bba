package io.gatehouse.change;

import io.gatehouse.change.ChangeLog.Announcement;
import java.util.List;
import java.util.function.Consumer;

/**
 * The spans of changes that are announced. There is no implementation while no traces are exported.
 */
public interface AnnouncementTraces {

  /** Announces changes by the publisher, whose exceptions are thrown on. */
  void announce(List<Announcement> changes, Consumer<List<Announcement>> publisher);
}
