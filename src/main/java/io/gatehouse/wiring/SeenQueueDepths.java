package io.gatehouse.wiring;

import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.QueueDepths;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Shows the backlogs of subscribers to another reader too, because each question costs the broker
 * work for each subscription.
 *
 * @param seen receives all that are read
 */
record SeenQueueDepths(QueueDepths depths, Consumer<Collection<Standing>> seen)
    implements QueueDepths {

  @Override
  public Map<Subscription, Standing> standings(Collection<Subscription> subscriptions) {
    Map<Subscription, Standing> standings = depths.standings(subscriptions);
    seen.accept(standings.values());
    return standings;
  }

  @Override
  public Set<Profile> full() {
    return depths.full();
  }

  @Override
  public void close(Subscription subscription) {
    depths.close(subscription);
  }

  @Override
  public void open(Subscription subscription) {
    depths.open(subscription);
  }
}
