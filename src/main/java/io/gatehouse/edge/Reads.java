package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.filters.Filter;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.directory.People;
import io.gatehouse.directory.Person;
import io.gatehouse.directory.Preconditions;
import io.gatehouse.directory.Query;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ScimException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads straight from the store, so that a write that was answered is seen (RFC 7644
 * section 3.4).
 */
public final class Reads {

  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
  private static final int MAX_RESULTS = 200;
  private static final int DEFAULT_COUNT = 100;
  private static final int MAX_FILTER = 4096;

  private final People people;

  public Reads(People people) {
    this.people = people;
  }

  /**
   * Answers a GET.
   *
   * @throws ScimException 404 for an unknown resource, 400 for a bad filter or page
   */
  public ScimAnswer answer(ScimRequest request) {
    Writes.Target target = Writes.Target.of(request.line().path());
    return target.collection() ? list(request) : one(request, target.requireId());
  }

  private ScimAnswer one(ScimRequest request, UUID id) {
    Snapshot user =
        people
            .find(request.caller(), id)
            .map(Person::snapshot)
            .orElseThrow(() -> new ScimException(Refusal.notFound("There is no user " + id + ".")));
    String known = request.conditions().ifNoneMatch();
    if (known != null && Preconditions.listed(known, user.version())) {
      return new ScimAnswer(304, Map.of("ETag", user.etag()), null);
    }
    return ScimAnswer.resource(200, request, user);
  }

  private ScimAnswer list(ScimRequest request) {
    Map<String, String> parameters = request.line().parameters();
    int startIndex = Math.max(1, number(parameters, "startIndex", 1));
    int count = Math.min(MAX_RESULTS, Math.max(0, number(parameters, "count", DEFAULT_COUNT)));
    People.Page page =
        people.find(
            request.caller(), new Query(filter(parameters.get("filter")), startIndex, count));
    ObjectNode body = Json.object();
    body.putArray("schemas").add(LIST);
    body.put("totalResults", page.total());
    body.put("startIndex", startIndex);
    body.put("itemsPerPage", page.people().size());
    ArrayNode resources = body.putArray("Resources");
    for (Person person : page.people()) {
      Snapshot snapshot = person.snapshot();
      resources.add(ScimAnswer.shown(snapshot, ScimAnswer.location(request, snapshot)));
    }
    return new ScimAnswer(200, Map.of(), body);
  }

  private static int number(Map<String, String> parameters, String name, int otherwise) {
    String text = parameters.get(name);
    try {
      return text == null ? otherwise : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw ScimException.invalidValue("'" + name + "' must be an integer.");
    }
  }

  private static @Nullable Filter filter(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.length() > MAX_FILTER) {
      throw ScimException.invalidFilter("The filter is longer than " + MAX_FILTER + " characters.");
    }
    try {
      return Filter.fromString(text);
    } catch (BadRequestException e) {
      throw ScimException.invalidFilter("The filter is malformed: " + e.getMessage());
    }
  }
}
