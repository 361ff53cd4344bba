package io.gatehouse.wiring;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.Instance;
import io.gatehouse.LiveInstances;
import io.gatehouse.command.FairShares;
import io.gatehouse.directory.ResourceQueries;
import io.gatehouse.edge.CommandReader;
import io.gatehouse.edge.DiscoveryHandler;
import io.gatehouse.edge.PublicUrl;
import io.gatehouse.edge.RateLimits;
import io.gatehouse.edge.ReadHandler;
import io.gatehouse.edge.WriteResponses;
import io.gatehouse.tenant.CallActivity;
import io.gatehouse.tenant.ConnectionActivities;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires SCIM over HTTP. The bean names are the ones that the routes use. */
@Configuration(proxyBeanMethods = false)
class EdgeWiring {

  /**
   * How many calls may wait for a place, for reads and for writes each. Running and waiting calls
   * together leave some HTTP threads to other requests.
   */
  private static final int MAX_QUEUED = 32;

  private static final Duration READ_PATIENCE = Duration.ofSeconds(2);

  @Bean
  PublicUrl publicUrl(GatehouseProperties settings) {
    return new PublicUrl(settings.publicUrl());
  }

  @Bean
  CallActivity callActivity(ConnectionActivities connectionActivities, Clock clock) {
    return new CallActivity(connectionActivities, clock);
  }

  @Bean
  RateLimits rateLimits(LiveInstances liveInstances) {
    return new RateLimits(liveInstances::count);
  }

  @Bean
  CommandReader commandReader(Clock clock, Instance instance) {
    return new CommandReader(clock, instance.id());
  }

  @Bean
  ReadHandler readHandler(ResourceQueries resourceQueries, Clock clock) {
    return new ReadHandler(resourceQueries, clock);
  }

  @Bean
  WriteResponses writeResponses(@Qualifier("answerListing") ResourceQueries listing) {
    return new WriteResponses(listing);
  }

  @Bean
  DiscoveryHandler discoveryHandler() {
    return new DiscoveryHandler();
  }

  @Bean
  FairShares readShares(GatehouseProperties settings) {
    return new FairShares(
        new FairShares.Size(settings.reads().maxRunning(), MAX_QUEUED, READ_PATIENCE),
        System::nanoTime);
  }
}
