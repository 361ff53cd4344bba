package io.gatehouse.camel;

import io.gatehouse.directory.LostRaceException;
import io.gatehouse.directory.StoreUnavailableException;
import io.gatehouse.directory.UnitOfWork;
import io.gatehouse.inbox.Bundle;
import io.gatehouse.inbox.Inbox;
import io.gatehouse.inbox.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is on the queue into the inbox, a batch in one transaction, in its order. A call that
 * the store will never take must not stop those of everybody else.
 */
final class InboxKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(InboxKeeper.class);

  private final Inbox inbox;
  private final UnitOfWork unit;

  InboxKeeper(Inbox inbox, UnitOfWork unit) {
    this.inbox = inbox;
    this.unit = unit;
  }

  void keep(List<Bundle> batch) {
    try {
      keepTogether(batch);
    } catch (StoreUnavailableException | LostRaceException e) {
      throw e;
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        LOG.error("A webhook of connection {} cannot be kept", batch.get(0).connection(), e);
      } else {
        batch.forEach(it -> keep(List.of(it)));
      }
    }
  }

  private void keepTogether(List<Bundle> batch) {
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
