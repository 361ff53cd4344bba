package io.gatehouse.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.ChangeData;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.scim.IndexedText;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One user of a tenant.
 *
 * @param connection the controlling connection, or null while there is none (unmanaged)
 * @param version raised by one with each effective command
 * @param provenance id and time of the user at the IdP
 * @param document the SCIM attributes, without {@code id}, {@code meta} and {@code groups}
 */
public record Person(
    UUID tenant,
    UUID id,
    @Nullable UUID connection,
    long version,
    Instant created,
    Instant modified,
    LifecycleState lifecycle,
    Provenance provenance,
    ObjectNode document)
    implements FoldContext.Versioned {

  public String userName() {
    return document.path("userName").asText();
  }

  public String userNameKey() {
    return NameKey.of(userName());
  }

  public @Nullable String externalId() {
    return Json.text(document, "externalId");
  }

  /** The externalId as an identifier: null when it is blank. */
  @Nullable String identity() {
    String externalId = externalId();
    return externalId == null || externalId.isBlank() ? null : externalId;
  }

  public boolean active() {
    return document.path("active").asBoolean();
  }

  /** The address that identifies the user: the work e-mail, else the primary, else the first. */
  public @Nullable String email() {
    return email(document);
  }

  /**
   * The address in the form in which it is compared; null when there is none, or when it is too
   * long for an index.
   */
  public @Nullable String emailKey() {
    return emailKey(document);
  }

  static @Nullable String emailKey(JsonNode document) {
    String email = email(document);
    return email == null || !IndexedText.fits(email) ? null : NameKey.ofNullable(email);
  }

  private static @Nullable String email(JsonNode document) {
    JsonNode emails = document.path("emails");
    for (JsonNode email : emails) {
      if (email.path("type").asText().equals("work")) {
        return Json.text(email, "value");
      }
    }
    for (JsonNode email : emails) {
      if (email.path("primary").asBoolean()) {
        return Json.text(email, "value");
      }
    }
    return Json.text(emails.path(0), "value");
  }

  /** A new user. */
  static Person newcomer(FoldContext context, UUID id, ObjectNode document) {
    Caller caller = context.caller();
    return new Person(
        caller.tenant(),
        id,
        caller.connection(),
        1,
        context.now(),
        context.now(),
        LifecycleState.NEW,
        Provenance.UNKNOWN,
        document);
  }

  /** {@code unmanaged}, {@code active} or {@code deactivated}; an erased user is {@code erased}. */
  public String state() {
    if (!active()) {
      return "deactivated";
    }
    return connection == null ? "unmanaged" : "active";
  }

  /** Adds the lifecycle state to the content of a change. */
  public void addLifecycle(ObjectNode data) {
    ChangeData.lifecycle(data, state(), lifecycle.purgeAfter(), lifecycle.enrolledAt() != null);
  }

  public Snapshot snapshot() {
    return new Snapshot(ResourceType.USER, id, version, created, modified, document);
  }

  /** The next state after an effective command. */
  Person next(ObjectNode changed, LifecycleState stage, Instant now) {
    return new Person(
        tenant, id, connection, version + 1, created, now, stage, provenance, changed);
  }

  /** The same user, controlled by this connection or by none. */
  Person of(@Nullable UUID controller) {
    return new Person(
        tenant, id, controller, version, created, modified, lifecycle, provenance, document);
  }

  /** The same user in another lifecycle state, without a change that SCIM or a subscriber sees. */
  Person at(LifecycleState stage) {
    return new Person(
        tenant, id, connection, version, created, modified, stage, provenance, document);
  }

  /** The same user with a reduced document. */
  public Person showing(ObjectNode part) {
    return new Person(
        tenant, id, connection, version, created, modified, lifecycle, provenance, part);
  }

  /** The same user with other information on the IdP. */
  Person known(Provenance more) {
    return new Person(
        tenant, id, connection, version, created, modified, lifecycle, more, document);
  }
}
