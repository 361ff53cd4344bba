package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.directory.LifecycleState;
import io.gatehouse.directory.PeopleQueries.Erased;
import io.gatehouse.directory.PeopleQueries.GroupName;
import io.gatehouse.directory.Person;
import io.gatehouse.scim.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as administrators see one; properties that do not apply are absent.
 *
 * @param state "unmanaged", "active", "deactivated" or "erased"
 * @param heldAt since when a legal hold forbids erasure
 * @param user the SCIM document, when one person is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserView(
    UUID id,
    String tenant,
    @Nullable UUID connection,
    String state,
    @Nullable String userName,
    @Nullable String displayName,
    @Nullable String email,
    @Nullable Boolean active,
    @Nullable Boolean enrolled,
    @Nullable Instant enrolledAt,
    @Nullable Instant deactivatedAt,
    @Nullable Instant purgeAfter,
    @Nullable Instant deletedAt,
    @Nullable Instant heldAt,
    @Nullable Instant erasedAt,
    long version,
    @Nullable Instant createdAt,
    @Nullable Instant modifiedAt,
    @Nullable List<GroupName> groups,
    @Nullable Map<String, Object> user) {

  /** One in a list. */
  static UserView of(String tenant, Person person) {
    return of(tenant, person, null, null);
  }

  /** One alone. */
  static UserView of(String tenant, Person person, List<GroupName> groups) {
    return of(tenant, person, groups, JsonMaps.map(person.document()));
  }

  private static UserView of(
      String tenant,
      Person person,
      @Nullable List<GroupName> groups,
      @Nullable Map<String, Object> document) {
    LifecycleState lifecycle = person.lifecycle();
    return new UserView(
        person.id(),
        tenant,
        person.connection(),
        person.state(),
        person.userName(),
        Json.text(person.document(), "displayName"),
        person.email(),
        person.active(),
        lifecycle.enrolledAt() != null,
        lifecycle.enrolledAt(),
        lifecycle.deactivatedAt(),
        lifecycle.purgeAfter(),
        lifecycle.deletedAt(),
        lifecycle.heldAt(),
        null,
        person.version(),
        person.created(),
        person.modified(),
        groups,
        document);
  }

  static UserView of(String tenant, Erased erased) {
    return new UserView(
        erased.id(),
        tenant,
        null,
        "erased",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        erased.at(),
        erased.version(),
        null,
        null,
        null,
        null);
  }
}
