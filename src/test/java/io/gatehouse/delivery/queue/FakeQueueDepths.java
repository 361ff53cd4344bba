package io.gatehouse.delivery.queue;

import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Queues of a broker, as far as is known of them. */
final class FakeQueueDepths implements QueueDepths {

  private final Map<Subscription, Standing> standings = new HashMap<>();

  final Set<Profile> full = EnumSet.noneOf(Profile.class);
  final List<String> calls = new ArrayList<>();

  void set(Subscription subscription, long messages, int consumers) {
    set(subscription, new Standing(messages, consumers, Duration.ZERO, 0));
  }

  void set(Subscription subscription, Standing standing) {
    standings.put(subscription, standing);
  }

  @Override
  public Map<Subscription, Standing> standings(Collection<Subscription> subscriptions) {
    Map<Subscription, Standing> found = new HashMap<>(standings);
    found.keySet().retainAll(Set.copyOf(subscriptions));
    return found;
  }

  @Override
  public Set<Profile> full() {
    return full;
  }

  @Override
  public void close(Subscription subscription) {
    calls.add("close " + subscription.name());
  }

  @Override
  public void open(Subscription subscription) {
    calls.add("open " + subscription.name());
  }
}
