package io.gatehouse.admin.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request would do if it came now.
 *
 * @param method in upper case
 * @param path below the base URL, with its query
 * @param quirks those that changed the request, in their order
 * @param leeway quirks that changed only how the request is read or answered
 * @param command null for a read, and when the request was refused before
 * @param changes path, operation, old and new value of each attribute
 * @param members who would join a group and who would leave it
 * @param events what would be announced, for each profile
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
    String method,
    String path,
    List<StepView> quirks,
    List<String> leeway,
    @Nullable CommandView command,
    DecisionView decision,
    List<Object> changes,
    @Nullable Object members,
    List<EventView> events) {

  /**
   * A quirk, or a mapping of the route file, that changed the request.
   *
   * @param paths as they are in the audit log
   * @param changes at most 100 places
   */
  public record StepView(String quirk, List<String> paths, List<JsonDifference> changes) {}

  /**
   * The command in canonical form.
   *
   * @param type {@code User} or {@code Group}
   * @param operation {@code create}, {@code replace}, {@code modify} or {@code delete}
   * @param target null for a create, which gets a new id each time
   * @param body the resource, or the operations of a modification; null for a deletion
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CommandView(
      String type, String operation, @Nullable UUID target, @Nullable Object body) {}

  /**
   * The decision.
   *
   * @param result {@code created}, {@code linked}, {@code restored}, {@code modified}, {@code
   *     deactivated}, {@code reactivated}, {@code deleted}, {@code unchanged}, {@code refused} or
   *     {@code read}
   * @param status of the answer
   * @param reason why, in a sentence
   * @param resource the existing user or group that it is about
   * @param candidates the users among whom an administrator must choose
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DecisionView(
      String result,
      int status,
      String reason,
      @Nullable UUID resource,
      @Nullable String scimType,
      List<UUID> candidates) {}

  /**
   * An event.
   *
   * @param subscribed whether the tenant has a subscription with this profile
   * @param data the content, with the attributes that the profile permits
   */
  public record EventView(String profile, boolean subscribed, String type, Object data) {}
}
