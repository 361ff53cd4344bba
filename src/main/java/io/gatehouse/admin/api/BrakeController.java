package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.directory.ParkedReplay;
import io.gatehouse.directory.Parking;
import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.lifecycle.Brake.Verdict;
import io.gatehouse.lifecycle.Brakes;
import io.gatehouse.tenant.Connections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /connections/{id}/brake}: a wave of deactivations that the brake holds until an
 * administrator decides.
 */
@RestController
@RequestMapping("/admin/api/v1/connections/{id}/brake")
public final class BrakeController {

  private final TenantLookup tenantLookup;
  private final Brakes brakes;
  private final ParkedReplay parked;
  private final Parking parking;
  private final ActRecorder acts;
  private final UserLookup userLookup;

  BrakeController(
      TenantLookup tenantLookup,
      Brakes brakes,
      ParkedReplay parked,
      Parking parking,
      ActRecorder acts,
      UserLookup userLookup) {
    this.userLookup = userLookup;
    this.tenantLookup = tenantLookup;
    this.brakes = brakes;
    this.parked = parked;
    this.parking = parking;
    this.acts = acts;
  }

  @Requires(Role.VIEWER)
  @GetMapping
  public BrakeView brake(@PathVariable UUID id) {
    return view(tenantLookup.connection(id).id());
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record UsersView(List<UserView> users, @Nullable String next) {}

  /** The users of the wave, who leave when it is allowed. */
  @Requires(Role.VIEWER)
  @GetMapping("/users")
  public UsersView users(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer count) {
    tenantLookup.connection(id);
    int size = PageRequest.count(count);
    ResourceQuery.Position after = PageRequest.after(cursor, false);
    List<UUID> found = brakes.users(id, after == null ? null : after.id(), size + 1);
    return new UsersView(
        PageRequest.shown(found, size).stream().map(userLookup::view).toList(),
        PageRequest.next(found, size, it -> it));
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/allow")
  public BrakeView allow(@PathVariable UUID id) {
    return decide(id, Verdict.ALLOWED, parked::replayBraked);
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/reject")
  public BrakeView reject(@PathVariable UUID id) {
    return decide(id, Verdict.REJECTED, parked::discardBraked);
  }

  /**
   * The same decision again completes an earlier one whose parked commands could not all be sent.
   */
  private BrakeView decide(UUID id, Verdict verdict, Consumer<UUID> settle) {
    Connections.Connection connection = tenantLookup.connection(id);
    boolean first = brakes.decide(id, verdict);
    BrakeView brake = view(id);
    if (!first && !brake.state().equals(verdict.word())) {
      throw ProblemException.conflict("No wave of deactivations waits for a decision.");
    }
    if (first) {
      acts.append(connection.tenant(), id, "brake." + verdict.word(), about(brake));
    }
    settle.accept(id);
    return view(id);
  }

  private BrakeView view(UUID id) {
    return BrakeView.of(brakes.of(id), parking.braked(id).size());
  }

  /** How many users the decision concerns. */
  private static ObjectNode about(BrakeView brake) {
    ObjectNode detail = AccessRules.about("brake", brake.state());
    ((ObjectNode) detail.get("about"))
        .put("refused", brake.refused())
        .put("parked", brake.parked());
    return detail;
  }
}
