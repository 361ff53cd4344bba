package io.gatehouse.admin.api;

import io.gatehouse.delivery.Feed;
import io.gatehouse.edge.IdpProfiles;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /status}: what an operator looks at first. */
@RestController
@RequestMapping("/admin/api/v1/status")
final class StatusController {

  private final IdpProfiles profiles;
  private final Feed feed;

  StatusController(IdpProfiles profiles, Feed feed) {
    this.profiles = profiles;
    this.feed = feed;
  }

  /**
   * The log of changes.
   *
   * @param position the last place in the feed
   * @param completeFrom the first place from which the log has every change; before it, only the
   *     last one of each user and group
   */
  record FeedView(long position, long completeFrom) {}

  record StatusView(List<IdpProfiles.Source> routes, FeedView feed) {}

  @GetMapping
  StatusView status() {
    Feed.Extent extent = feed.extent();
    return new StatusView(
        profiles.sources(), new FeedView(extent.position(), extent.compacted() + 1));
  }
}
