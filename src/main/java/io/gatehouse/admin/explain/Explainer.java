package io.gatehouse.admin.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.explain.Explanation.CommandView;
import io.gatehouse.admin.explain.Explanation.DecisionView;
import io.gatehouse.admin.explain.Explanation.StepView;
import io.gatehouse.command.Envelope;
import io.gatehouse.directory.Rehearsal;
import io.gatehouse.edge.AllowedMethods;
import io.gatehouse.edge.CommandReader;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.idp.RequestRoutes;
import io.gatehouse.idp.RequestRoutes.Passage;
import io.gatehouse.idp.RequestTrace.Step;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import io.gatehouse.store.LostRaceException;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.TenantSchemas;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Explains requests: sends them through the route of the IdP, the reader of commands and the fold
 * of the directory, and stops before anything is sent or saved.
 */
@Component
final class Explainer {

  /** Explanations at the same time; each holds a database session and the locks of its keys. */
  private static final int MAX_RUNNING = 4;

  private static final Set<String> READS = Set.of("GET");

  private final Semaphore places = new Semaphore(MAX_RUNNING);
  private final RequestRoutes routes;
  private final CommandReader commandReader;
  private final Rehearsal rehearsal;
  private final TenantSchemas tenantSchemas;
  private final ResultViews views;

  Explainer(
      RequestRoutes routes,
      CommandReader commandReader,
      Rehearsal rehearsal,
      TenantSchemas tenantSchemas,
      ResultViews views) {
    this.routes = routes;
    this.commandReader = commandReader;
    this.rehearsal = rehearsal;
    this.tenantSchemas = tenantSchemas;
    this.views = views;
  }

  /**
   * Explains a request.
   *
   * @throws ProblemException 400 when it is no request, 429 when too many are explained
   */
  Explanation request(Connection connection, GivenRequest given) {
    ScimRequest request = given.of(connection, tenantSchemas.of(connection.tenant()));
    try {
      AllowedMethods.require(request.line().method(), request.line().path());
    } catch (ScimException e) {
      return refused(new Passage(request, List.of(), null), null, e.refusal());
    }
    Passage passage = routes.pass(request);
    ScimRequest meant = passage.request();
    if (passage.refusal() != null) {
      return refused(passage, null, passage.refusal());
    }
    if (READS.contains(meant.line().method()) || meant.line().path().endsWith(".search")) {
      return explained(passage, null, ResultViews.READ, null);
    }
    Envelope envelope;
    try {
      envelope = commandReader.envelope(meant);
    } catch (ScimException e) {
      return refused(passage, null, e.refusal());
    }
    Rehearsal.Result result = rehearsed(List.of(envelope)).get(0);
    return explained(
        passage,
        CommandViews.of(envelope.command()),
        views.decision(result, meant.conditions().minimal()),
        result);
  }

  /** What commands that follow each other would do. */
  List<PreviewController.PreviewView> commands(List<Envelope> commands) {
    return rehearsed(commands).stream().map(views::preview).toList();
  }

  private List<Rehearsal.Result> rehearsed(List<Envelope> commands) {
    if (!places.tryAcquire()) {
      throw ProblemException.tooMany("Other requests are being explained; try again.");
    }
    try {
      return rehearsal.of(commands);
    } catch (LostRaceException e) {
      throw ProblemException.conflict("The user or group is being changed; try again.");
    } finally {
      places.release();
    }
  }

  private Explanation refused(Passage passage, @Nullable CommandView command, ScimError error) {
    return explained(passage, command, ResultViews.refused(error, List.of()), null);
  }

  private Explanation explained(
      Passage passage,
      @Nullable CommandView command,
      DecisionView decision,
      Rehearsal.@Nullable Result result) {
    ScimRequest request = passage.request();
    return new Explanation(
        request.line().method(),
        request.line().path(),
        passage.steps().stream().filter(Explainer::rewrites).map(Explainer::view).toList(),
        passage.steps().stream().filter(it -> !rewrites(it)).map(Step::name).toList(),
        command,
        decision,
        result == null ? List.of() : views.changes(result),
        result == null ? null : views.members(result),
        result == null ? List.of() : views.events(result));
  }

  private static boolean rewrites(Step step) {
    return !content(step.before()).equals(content(step.after()))
        || !step.before().repairs().equals(step.after().repairs());
  }

  private static StepView view(Step step) {
    return new StepView(
        step.name(),
        step.after().repairs().stream()
            .skip(step.before().repairs().size())
            .map(it -> it.substring(Math.min(it.length(), step.name().length() + 1)))
            .toList(),
        JsonDifference.between(content(step.before()), content(step.after())));
  }

  /** The body; of a request without one the method and the parameters. */
  private static JsonNode content(ScimRequest request) {
    ObjectNode parameters = Json.object();
    request.line().parameters().forEach(parameters::put);
    return Json.object()
        .put("method", request.line().method())
        .<ObjectNode>set("parameters", parameters)
        .set("body", request.body());
  }
}
