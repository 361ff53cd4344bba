package io.gatehouse.admin.explain;

import static io.gatehouse.admin.explain.JsonDifference.plain;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.admin.explain.Explanation.DecisionView;
import io.gatehouse.admin.explain.Explanation.EventView;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.change.ChangeLog.Subject;
import io.gatehouse.command.Command;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.queue.Subscriptions;
import io.gatehouse.directory.Conflicts.Conflict;
import io.gatehouse.directory.Rehearsal.Result;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Results of a rehearsal as an explanation shows them. */
@Component
final class ResultViews {

  static final DecisionView READ =
      new DecisionView(
          "read",
          200,
          "A read is answered from the directory and changes nothing.",
          null,
          null,
          List.of());

  private static final int NO_CONTENT = 204;

  private final EventRenderer renderer;
  private final Subscriptions subscriptions;

  ResultViews(EventRenderer renderer, Subscriptions subscriptions) {
    this.renderer = renderer;
    this.subscriptions = subscriptions;
  }

  /**
   * The decision.
   *
   * @param briefly whether a successful PATCH or PUT is answered without a body
   */
  DecisionView decision(Result result, boolean briefly) {
    List<UUID> candidates =
        result.conflicts().stream().map(Conflict::candidates).flatMap(List::stream).toList();
    if (result.outcome() instanceof Outcome.Refused refused) {
      return refused(refused.refusal(), candidates);
    }
    String word = word(result);
    return new DecisionView(
        word,
        briefly && result.outcome() instanceof Outcome.Updated
            ? NO_CONTENT
            : result.outcome().status(),
        reason(word, result),
        word.equals("created") ? null : resource(result),
        null,
        candidates);
  }

  static DecisionView refused(ScimError error, List<UUID> candidates) {
    return new DecisionView(
        "refused", error.status(), error.detail(), null, error.scimType(), candidates);
  }

  private static String word(Result result) {
    boolean creates = result.envelope().command() instanceof Command.Create;
    return result
        .change()
        .map(
            it ->
                switch (it.type()) {
                  case CREATED, LINKED, DEACTIVATED, DELETED, ENROLLED, ERASED -> it.type().word();
                  case REACTIVATED -> creates ? "restored" : "reactivated";
                  case UPDATED, MEMBERS_CHANGED -> creates ? "restored" : "modified";
                })
        .orElse(result.outcome() instanceof Outcome.Deleted ? "deleted" : "unchanged");
  }

  private static String reason(String word, Result result) {
    boolean group = result.envelope().command().type() == ResourceType.GROUP;
    boolean renamed =
        result.change().map(it -> names(it.data().path("changes"), "userName")).orElse(false);
    return switch (word) {
      case "created" ->
          group
              ? "The connection has no such group."
              : "No user matches the userName, the e-mail address or the externalId.";
      case "linked" ->
          renamed
              ? "An unmanaged user has the same work e-mail address, or an administrator has chosen this user."
              : "An unmanaged user has the same userName.";
      case "restored" ->
          renamed
              ? "A user of this connection who has left has the same externalId, or an administrator has chosen this user."
              : "A user of this connection who has left has the same userName.";
      case "unchanged" -> "Everything is as the request wants it, so nothing is announced.";
      case "deleted" ->
          group
              ? "The group is deleted."
              : "The user is inactive already, and is hidden from now on.";
      case "deactivated" -> "The user leaves. The data stays until it is erased.";
      case "reactivated" -> "The user returns under the same id.";
      default -> "The attributes or members below change.";
    };
  }

  private static boolean names(JsonNode changes, String path) {
    for (JsonNode it : changes) {
      if (path.equals(Json.text(it, "path"))) {
        return true;
      }
    }
    return false;
  }

  private static UUID resource(Result result) {
    return result
        .change()
        .map(it -> it.after().id())
        .orElseGet(
            () ->
                result.outcome() instanceof Outcome.Created created
                    ? created.resource().id()
                    : result.envelope().command().target());
  }

  List<Object> changes(Result result) {
    List<Object> changes = new ArrayList<>();
    result
        .change()
        .map(Change::data)
        .ifPresent(
            it ->
                it.path("changes")
                    .forEach(each -> changes.add(Objects.requireNonNull(plain(each)))));
    return changes;
  }

  @Nullable Object members(Result result) {
    return result.change().map(it -> plain(it.data().path("members"))).orElse(null);
  }

  /** The events for all profiles, whether or not there is a subscription. */
  List<EventView> events(Result result) {
    if (result.change().isEmpty()) {
      return List.of();
    }
    Change change = result.change().get();
    String tenant = result.envelope().caller().tenantSlug();
    Snapshot after = change.after();
    Announcement announcement =
        new Announcement(
            0,
            change.eventId(),
            tenant,
            new Subject(after.type().label(), after.id(), after.version(), after.modified()),
            change.type().word(),
            Json.text(change.data()));
    Set<Profile> wanted = subscriptions.profiles(Set.of(tenant)).getOrDefault(tenant, Set.of());
    return Arrays.stream(Profile.values())
        .flatMap(it -> events(it, wanted.contains(it), announcement).stream())
        .toList();
  }

  private List<EventView> events(Profile profile, boolean subscribed, Announcement announcement) {
    return renderer.of(profile, announcement).stream()
        .map(
            it ->
                new EventView(
                    profile.label(),
                    subscribed,
                    it.type(),
                    Objects.requireNonNull(plain(Json.stored(it.body()).path("data")))))
        .toList();
  }

  PreviewController.PreviewView preview(Result result) {
    return new PreviewController.PreviewView(
        CommandViews.of(result.envelope().command()),
        decision(result, false),
        changes(result),
        members(result),
        events(result));
  }
}
