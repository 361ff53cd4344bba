package io.gatehouse.admin.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.ParkedController;
import io.gatehouse.admin.explain.Explanation.CommandView;
import io.gatehouse.admin.explain.Explanation.DecisionView;
import io.gatehouse.admin.explain.Explanation.EventView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /parked/{key}/preview}: what a replay would do now, without doing it. */
@RestController
@RequestMapping("/admin/api/v1/parked/{key}/preview")
public final class PreviewController {

  private final ParkedController parkedController;
  private final Explainer explainer;

  PreviewController(ParkedController parkedController, Explainer explainer) {
    this.parkedController = parkedController;
    this.explainer = explainer;
  }

  /** What one parked command would do, after those before it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PreviewView(
      CommandView command,
      DecisionView decision,
      List<Object> changes,
      @Nullable Object members,
      List<EventView> events) {}

  /**
   * The first commands of a resource, at most 100.
   *
   * @param confirm as for the replay
   */
  @Requires(Role.OPERATOR)
  @GetMapping
  public List<PreviewView> preview(
      @PathVariable UUID key, @RequestParam(defaultValue = "false") boolean confirm) {
    return explainer.commands(parkedController.commands(key, confirm));
  }
}
