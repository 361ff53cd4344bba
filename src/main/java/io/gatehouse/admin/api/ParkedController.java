package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.command.Envelope;
import io.gatehouse.directory.ParkedReplay;
import io.gatehouse.directory.Parking;
import io.gatehouse.scim.Json;
import io.gatehouse.tenant.Connections.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /parked}: commands of webhooks and polls that could not be applied. */
@RestController
@RequestMapping("/admin/api/v1/parked")
public final class ParkedController {

  private final Parking parking;
  private final ParkedReplay parkedReplay;
  private final TenantLookup tenantLookup;
  private final ActRecorder acts;

  ParkedController(
      Parking parking, ParkedReplay parkedReplay, TenantLookup tenantLookup, ActRecorder acts) {
    this.parking = parking;
    this.parkedReplay = parkedReplay;
    this.tenantLookup = tenantLookup;
    this.acts = acts;
  }

  /** The largest number of commands that is previewed. */
  private static final int MAX_PREVIEWED = 100;

  private static final int MAX_REASON = 500;

  /**
   * Why an administrator decides so, for the audit log.
   *
   * @param reason without personal data, because it is not erased with the user; null for none
   */
  public record Decision(@Nullable String reason) {}

  /**
   * The commands of one resource.
   *
   * @param cause {@code brake} or {@code broken}
   * @param outdated whether a newer command has been applied since, so that a replay must be
   *     confirmed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ParkedView(
      UUID key,
      String tenant,
      UUID connection,
      UUID resource,
      @Nullable String userName,
      String cause,
      int commands,
      Instant since,
      boolean outdated) {
    static ParkedView of(Parking.Queue it) {
      return new ParkedView(
          it.key(),
          it.tenant(),
          it.connection(),
          it.target(),
          it.userName(),
          it.cause().word(),
          it.count(),
          it.since(),
          it.outdated());
    }
  }

  /** Those of a tenant, or of all tenants; the oldest first, at most a thousand. */
  @Requires(Role.VIEWER)
  @GetMapping
  public List<ParkedView> all(@RequestParam(required = false) @Nullable String tenant) {
    List<Tenant> wanted = tenant == null ? tenantLookup.all() : List.of(tenantLookup.given(tenant));
    return parking.queues(wanted.stream().map(Tenant::slug).toList()).stream()
        .map(ParkedView::of)
        .toList();
  }

  @Requires(Role.VIEWER)
  @GetMapping("/{key}")
  public ParkedView one(@PathVariable UUID key) {
    return ParkedView.of(known(key));
  }

  /** Applies the parked commands of a resource; outdated ones only with {@code confirm=true}. */
  @Requires(Role.OPERATOR)
  @PostMapping("/{key}/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  public void replay(
      @PathVariable UUID key,
      @RequestParam(defaultValue = "false") boolean confirm,
      @RequestBody(required = false) @Nullable Decision decision) {
    Parking.Queue parked = known(key);
    ObjectNode detail = detail(decision);
    if (parked.outdated() && !confirm) {
      throw ProblemException.conflict(
          "A newer change has been applied since. Repeat with ?confirm=true to apply it anyway.");
    }
    int sent = parkedReplay.replay(key, confirm);
    if (sent == 0) {
      throw gone(key);
    }
    log(parked, "parked.replay", sent, detail);
  }

  /** Deletes them; 409 while they are being replayed. */
  @Requires(Role.OPERATOR)
  @PostMapping("/{key}/discard")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void discard(
      @PathVariable UUID key, @RequestBody(required = false) @Nullable Decision decision) {
    Parking.Queue parked = known(key);
    ObjectNode detail = detail(decision);
    int discarded = parking.discard(key, false);
    if (discarded == 0) {
      known(key);
      throw ProblemException.conflict(
          "A replay of these commands began within the last minute; they may be on their way.");
    }
    log(parked, "parked.discard", discarded, detail);
  }

  /**
   * The commands that a replay would send, at most 100.
   *
   * @param confirm as for the replay
   */
  public List<Envelope> commands(UUID key, boolean confirm) {
    known(key);
    return parkedReplay.first(key, confirm, MAX_PREVIEWED);
  }

  private static ObjectNode detail(@Nullable Decision decision) {
    ObjectNode detail = Json.object();
    String reason = decision == null ? null : PageRequest.text("reason", decision.reason());
    if (reason != null && reason.length() > MAX_REASON) {
      throw ProblemException.badRequest(
          "'reason' must have at most " + MAX_REASON + " characters.");
    }
    return reason == null ? detail : detail.put("reason", reason);
  }

  private Parking.Queue known(UUID key) {
    Parking.Queue parked = parking.queue(key);
    if (parked == null
        || tenantLookup.all().stream().noneMatch(it -> it.slug().equals(parked.tenant()))) {
      throw gone(key);
    }
    return parked;
  }

  private static ProblemException gone(UUID key) {
    return ProblemException.notFound("No command is parked under " + key + ".");
  }

  private void log(Parking.Queue parked, String action, int commands, ObjectNode detail) {
    ObjectNode about = detail.putObject("about");
    about.put("kind", "parked").put("name", parked.target().toString()).put("commands", commands);
    acts.append(tenantLookup.known(parked.tenant()).id(), parked.connection(), action, detail);
  }
}
