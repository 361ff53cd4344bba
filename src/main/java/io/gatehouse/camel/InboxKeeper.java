package io.gatehouse.camel;

import io.gatehouse.directory.UnitOfWork;
import io.gatehouse.inbox.Bundle;
import io.gatehouse.inbox.Inbox;
import io.gatehouse.inbox.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Moves what is on the queue into the inbox, a batch in one transaction, in its order. */
final class InboxKeeper {

  private final Inbox inbox;
  private final UnitOfWork unit;

  InboxKeeper(Inbox inbox, UnitOfWork unit) {
    this.inbox = inbox;
    this.unit = unit;
  }

  void keep(List<Bundle> batch) {
    Map<UUID, List<Signal>> all = new LinkedHashMap<>();
    for (Bundle bundle : batch) {
      all.computeIfAbsent(bundle.connection(), it -> new ArrayList<>()).addAll(bundle.signals());
    }
    unit.inTransaction(
        () -> {
          all.forEach(inbox::add);
          return all.size();
        });
  }
}
