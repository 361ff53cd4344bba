package io.gatehouse.camel;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.change.Compaction;
import io.gatehouse.change.Relay;
import io.gatehouse.delivery.Backlogs;
import io.gatehouse.delivery.CatchUp;
import io.gatehouse.delivery.CatchUps;
import io.gatehouse.delivery.Delivery;
import io.gatehouse.delivery.Doorbell;
import io.gatehouse.delivery.Feed;
import io.gatehouse.delivery.Laggards;
import io.gatehouse.delivery.Publisher;
import io.gatehouse.delivery.Pull;
import io.gatehouse.delivery.Rendering;
import io.gatehouse.delivery.Subscriptions;
import io.gatehouse.delivery.Sweep;
import io.gatehouse.delivery.WaitingRoom;
import io.gatehouse.delivery.Watch;
import io.gatehouse.directory.UnitOfWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what becomes of changes; the bean names are the ones that the routes use. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

  @Bean
  Rendering rendering(GatehouseProperties settings) {
    return new Rendering(settings.profiles());
  }

  @Bean
  Watch.Limits limits(GatehouseProperties settings) {
    return new Watch.Limits(
        settings.subscriptions().maxBacklog(), settings.subscriptions().maxAge());
  }

  @Bean
  CatchUp.Room room(Watch.Limits limits, Backlogs backlogs) {
    return new CatchUp.Room(limits, backlogs);
  }

  @Bean
  CatchUp catchUp(
      UnitOfWork unit, CatchUps jobs, CatchUp.Room room, Rendering rendering, Publisher publisher) {
    return new CatchUp(unit, jobs, room, rendering, publisher);
  }

  @Bean
  Watch.Queues watchedQueues(Subscriptions subscriptions, Backlogs backlogs, Laggards laggards) {
    return new Watch.Queues(subscriptions, backlogs, laggards);
  }

  @Bean
  Watch watch(Watch.Limits limits, Watch.Queues queues, CatchUps catchUps, AuditLog audit) {
    return new Watch(limits, queues, catchUps, audit);
  }

  @Bean
  Sweep sweep(UnitOfWork unit, Sweep.Erasures erasures, Sweep.DeadLetters deadLetters) {
    return new Sweep(unit, erasures, deadLetters);
  }

  @Bean
  Relay relay(UnitOfWork unit, ChangeLog log, Delivery delivery, Doorbell bell) {
    return new Relay(unit, log, delivery::announce, bell::ring);
  }

  @Bean
  Delivery delivery(Rendering rendering, Publisher publisher) {
    return new Delivery(rendering, publisher);
  }

  @Bean
  Compaction compaction(Compaction.Log log, GatehouseProperties settings) {
    return new Compaction(log, settings.log().retention());
  }

  @Bean
  Doorbell doorbell() {
    return new Doorbell();
  }

  @Bean
  Pull pull(Feed feed, Rendering rendering, Doorbell bell, GatehouseProperties settings) {
    return new Pull(feed, rendering, bell, new WaitingRoom(settings.subscriptions().maxWaiting()));
  }
}
