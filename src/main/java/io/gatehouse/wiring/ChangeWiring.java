package io.gatehouse.wiring;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.change.AnnouncementTraces;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.change.Compaction;
import io.gatehouse.change.Relay;
import io.gatehouse.delivery.EventAnnouncer;
import io.gatehouse.delivery.feed.FeedNotifier;
import io.gatehouse.directory.RateCounters;
import io.gatehouse.store.UnitOfWork;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the log of changes and its relay. The bean names are the ones that the routes use. */
@Configuration(proxyBeanMethods = false)
class ChangeWiring {

  @Bean
  Relay relay(
      UnitOfWork unit,
      ChangeLog log,
      EventAnnouncer eventAnnouncer,
      FeedNotifier bell,
      RateCounters rateCounters,
      ObjectProvider<AnnouncementTraces> traces) {
    Consumer<List<Announcement>> publisher =
        changes -> {
          eventAnnouncer.announce(changes);
          rateCounters.announced(changes);
        };
    AnnouncementTraces traced = traces.getIfAvailable();
    return new Relay(
        unit,
        log,
        traced == null ? publisher : changes -> traced.announce(changes, publisher),
        bell::wake);
  }

  @Bean
  Compaction compaction(Compaction.Log log, GatehouseProperties settings) {
    return new Compaction(log, settings.log().retention());
  }
}
