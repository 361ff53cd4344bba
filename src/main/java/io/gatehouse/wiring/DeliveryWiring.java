package io.gatehouse.wiring;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.EventAnnouncer;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.feed.EventFeed;
import io.gatehouse.delivery.feed.FeedLog;
import io.gatehouse.delivery.feed.FeedNotifier;
import io.gatehouse.delivery.feed.LongPollSlots;
import io.gatehouse.delivery.queue.FailedEventErasure;
import io.gatehouse.delivery.queue.LagMonitor;
import io.gatehouse.delivery.queue.LaggingSubscriptions;
import io.gatehouse.delivery.queue.QueueDepths;
import io.gatehouse.delivery.queue.ReplayJobs;
import io.gatehouse.delivery.queue.ReplaySender;
import io.gatehouse.delivery.queue.Subscriptions;
import io.gatehouse.store.UnitOfWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the delivery of events to queues and to the feed. The bean names are the ones that the
 * routes use.
 */
@Configuration(proxyBeanMethods = false)
class DeliveryWiring {

  @Bean
  EventRenderer eventRenderer(GatehouseProperties settings) {
    return new EventRenderer(settings.profiles());
  }

  @Bean
  LagMonitor.Limits limits(GatehouseProperties settings) {
    return new LagMonitor.Limits(
        settings.subscriptions().maxBacklog(), settings.subscriptions().maxAge());
  }

  @Bean
  ReplaySender.Room room(LagMonitor.Limits limits, QueueDepths queueDepths) {
    return new ReplaySender.Room(limits, queueDepths);
  }

  @Bean
  ReplaySender replaySender(
      UnitOfWork unit,
      ReplayJobs jobs,
      ReplaySender.Room room,
      EventRenderer renderer,
      EventPublisher publisher) {
    return new ReplaySender(unit, jobs, room, renderer, publisher);
  }

  @Bean
  LagMonitor.Queues watchedQueues(
      Subscriptions subscriptions,
      QueueDepths queueDepths,
      LaggingSubscriptions laggingSubscriptions,
      BacklogGauges backlogGauges) {
    return new LagMonitor.Queues(
        subscriptions, new SeenQueueDepths(queueDepths, backlogGauges::seen), laggingSubscriptions);
  }

  @Bean
  LagMonitor lagMonitor(
      UnitOfWork unit,
      LagMonitor.Limits limits,
      LagMonitor.Queues queues,
      ReplayJobs jobs,
      AuditLog audit) {
    return new LagMonitor(unit, limits, queues, jobs, audit);
  }

  @Bean
  FailedEventErasure failedEventErasure(
      UnitOfWork unit,
      FailedEventErasure.Erasures erasures,
      FailedEventErasure.DeadLetters deadLetters) {
    return new FailedEventErasure(unit, erasures, deadLetters);
  }

  @Bean
  EventAnnouncer eventAnnouncer(
      EventRenderer renderer, EventPublisher publisher, Subscriptions subscriptions) {
    return new EventAnnouncer(renderer, publisher, subscriptions::profiles);
  }

  @Bean
  FeedNotifier feedNotifier() {
    return new FeedNotifier();
  }

  @Bean
  EventFeed eventFeed(
      FeedLog feedLog, EventRenderer renderer, FeedNotifier bell, GatehouseProperties settings) {
    return new EventFeed(
        feedLog, renderer, bell, new LongPollSlots(settings.subscriptions().maxWaiting()));
  }
}
