package io.gatehouse.delivery.queue;

import io.gatehouse.delivery.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The progress of bootstraps and replays; one that has ended is not there. */
public interface CatchUps {

  /**
   * A running bootstrap or replay.
   *
   * @param kind {@code bootstrap} or {@code replay}
   * @param stage what it sends: {@code users}, {@code groups} or {@code log}
   * @param percent of the stage, estimated by its place between the first and the last
   * @param sent number of users, groups and changes that were sent
   */
  record Progress(
      UUID id, String kind, String stage, int percent, long sent, Instant requestedAt) {}

  /** Those of a subscription, the oldest first. */
  List<Progress> of(Subscription subscription);
}
