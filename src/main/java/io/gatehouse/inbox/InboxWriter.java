package io.gatehouse.inbox;

import io.gatehouse.store.LostRaceException;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.store.UnitOfWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves calls from the queue into the inbox, a batch in one transaction, in its order. A call that
 * the store always rejects does not stop the calls of other connections.
 */
public final class InboxWriter {

  private static final Logger LOG = LoggerFactory.getLogger(InboxWriter.class);

  private final Inbox inbox;
  private final UnitOfWork unit;

  public InboxWriter(Inbox inbox, UnitOfWork unit) {
    this.inbox = inbox;
    this.unit = unit;
  }

  void keep(List<SignalBatch> batch) {
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

  private void keepTogether(List<SignalBatch> batch) {
    Map<UUID, List<Signal>> all = new LinkedHashMap<>();
    for (SignalBatch bundle : batch) {
      all.computeIfAbsent(bundle.connection(), it -> new ArrayList<>())
          .addAll(bundle.tracedSignals());
    }
    unit.inTransaction(
        () -> {
          all.forEach(inbox::add);
          return all.size();
        });
  }
}
