package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.Origin;
import io.gatehouse.command.QuirkRepair;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schemas;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A SCIM call, authenticated, bounded and parsed. The quirks turn one into another.
 *
 * @param client who asks
 * @param line what was asked of which resource
 * @param conditions the preconditions
 * @param body the JSON body; empty when the method has none
 * @param repairs what the quirks repaired so far, as {@code name path}, without values
 */
public record ScimRequest(
    Client client, Line line, Conditions conditions, ObjectNode body, List<String> repairs) {

  /** A request of many unknown names must not make a command that is larger than itself. */
  private static final int MAX_REPAIRS = 200;

  private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH");

  /**
   * Who asks, and what is known of it; all of it comes from the credential.
   *
   * @param caller whose credential the call carried
   * @param settings of the connection
   * @param catalogue the schemas of the tenant
   * @param cursorKey a secret that only this credential makes, which seals cursors
   * @param call what counts the commands that come of it until it is answered
   * @param origin where the call came from; null in tests of a single stage
   */
  public record Client(
      Caller caller,
      ObjectNode settings,
      Schemas catalogue,
      String cursorKey,
      WrittenResponses.Call call,
      @Nullable Origin origin) {

    public Client(
        Caller caller,
        ObjectNode settings,
        Schemas catalogue,
        String cursorKey,
        WrittenResponses.Call call) {
      this(caller, settings, catalogue, cursorKey, call, null);
    }
  }

  /**
   * The request line.
   *
   * @param method in upper case
   * @param path below the base URL, decoded, without a leading slash, for example {@code Users/42}
   * @param parameters the query, decoded; the first value of each
   * @param base the absolute base URL, for {@code Location}
   */
  public record Line(String method, String path, Map<String, String> parameters, String base) {}

  /** Preconditions of RFC 9110 section 13, the form of the answer, and what the profile allows. */
  public record Conditions(
      @Nullable String ifMatch,
      @Nullable String ifNoneMatch,
      ResponsePreferences form,
      Leeway leeway) {

    public static final Conditions NONE =
        new Conditions(null, null, ResponsePreferences.USUAL, Leeway.NONE);

    /** Whether the client can do without the body of the answer. */
    public boolean minimal() {
      return form.minimal();
    }
  }

  public Caller caller() {
    return client.caller();
  }

  public Schemas catalogue() {
    return client.catalogue();
  }

  /** The definition of the resources at this path; empty when no resources are there. */
  public Optional<ResourceDefinition> definition() {
    int slash = line.path().indexOf('/');
    String endpoint = slash < 0 ? line.path() : line.path().substring(0, slash);
    return ResourceType.atEndpoint(endpoint).map(type -> catalogue().definition(type));
  }

  /** Whether the body is a resource, or a PATCH of one. */
  public boolean writes() {
    return WRITING.contains(line.method())
        && !line.path().endsWith(".search")
        && definition().isPresent();
  }

  public boolean patches() {
    return writes() && line.method().equals("PATCH");
  }

  /** The same request with another body, and a record of what was repaired where. */
  public ScimRequest repaired(String quirk, Collection<String> paths, ObjectNode fixed) {
    Set<String> all = new LinkedHashSet<>(repairs);
    paths.stream()
        .limit(Math.max(0, MAX_REPAIRS - all.size()))
        .forEach(path -> all.add(QuirkRepair.of(quirk, path)));
    if (all.size() >= MAX_REPAIRS) {
      all.add(QuirkRepair.of(quirk, "and more"));
    }
    return new ScimRequest(client, line, conditions, fixed, List.copyOf(all));
  }

  /** The same request with another method and body. */
  public ScimRequest as(String method, ObjectNode fixed) {
    Line changed = new Line(method, line.path(), line.parameters(), line.base());
    return new ScimRequest(client, changed, conditions, fixed, repairs);
  }

  /** The same request with another filter, and a record of that. */
  public ScimRequest asking(String quirk, String filter) {
    Map<String, String> parameters = new HashMap<>(line.parameters());
    parameters.put("filter", filter);
    return asking(quirk, parameters, Set.of("filter"));
  }

  /** The same request with other parameters, and a record of those that changed. */
  public ScimRequest asking(String quirk, Map<String, String> parameters, Set<String> changed) {
    Line asked = new Line(line.method(), line.path(), Map.copyOf(parameters), line.base());
    return new ScimRequest(client, asked, conditions, body, repairs).repaired(quirk, changed, body);
  }

  /** The same request by a client with other schemas. */
  public ScimRequest with(Schemas other) {
    Client changed =
        new Client(
            client.caller(),
            client.settings(),
            other,
            client.cursorKey(),
            client.call(),
            client.origin());
    return new ScimRequest(changed, line, conditions, body, repairs);
  }

  /** The same request by a client that can do without the body of the answer. */
  public ScimRequest minimal() {
    return with(conditions.form().briefly(), conditions.leeway());
  }

  /** The same request, answered as plain JSON if the client accepts nothing else. */
  public ScimRequest plain() {
    return with(conditions.form().plain(), conditions.leeway());
  }

  /** The same request, read with leeway. */
  public ScimRequest with(Leeway leeway) {
    return with(conditions.form(), leeway);
  }

  private ScimRequest with(ResponsePreferences form, Leeway leeway) {
    Conditions changed =
        new Conditions(conditions.ifMatch(), conditions.ifNoneMatch(), form, leeway);
    return new ScimRequest(client, line, changed, body, repairs);
  }
}
