package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Leeway;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The operations of one bulk request on their way: in order, except that what an operation refers
 * to is created before it. A circle is opened by leaving a reference out, and closed by adding it
 * when both ends exist.
 */
final class BulkRun {

  private final ScimRequest request;
  private final BulkRequest bulk;
  private final BulkProcessor.Submit submit;

  private final Map<String, BulkOperation> creators = new HashMap<>();
  private final IdentityHashMap<BulkOperation, ScimResponse> answers = new IdentityHashMap<>();
  private final Set<BulkOperation> begun = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, String> ids = new HashMap<>();
  private final List<Deferred> deferred = new ArrayList<>();

  BulkRun(ScimRequest request, BulkRequest bulk, BulkProcessor.Submit submit) {
    this.request = request;
    this.bulk = bulk;
    this.submit = submit;
    bulk.operations().stream()
        .filter(it -> it.creates() && it.bulkId() != null)
        .forEach(it -> creators.put(it.bulkId(), it));
  }

  /** A reference that closes a circle. */
  private record Deferred(BulkOperation operation, String path, ObjectNode patch) {}

  /**
   * Runs until all is done, too much has failed, or the time is over; returns what was processed.
   */
  List<BulkOperation> until(Instant deadline, Clock clock) {
    for (BulkOperation operation : bulk.operations()) {
      if (errors() >= bulk.failOnErrors()) {
        break;
      }
      if (clock.instant().isAfter(deadline)) {
        answers.putIfAbsent(
            operation, refused(ScimError.unavailable("The bulk request took too long.")));
      } else {
        run(operation);
      }
    }
    deferred.forEach(this::close);
    return bulk.operations().stream().filter(answers::containsKey).toList();
  }

  private long errors() {
    return answers.values().stream().filter(it -> it.status() >= 400).count();
  }

  private void run(BulkOperation operation) {
    if (!begun.add(operation)) {
      return;
    }
    try {
      operation.check();
      for (String name : BulkReferences.of(operation)) {
        BulkOperation creator = creators.get(name);
        if (creator != null) {
          run(creator);
        }
      }
      answers.put(operation, submit(operation));
    } catch (ScimException e) {
      answers.put(operation, refused(e.refusal()));
    }
  }

  private ScimResponse submit(BulkOperation operation) {
    ObjectNode data = operation.data().deepCopy();
    ObjectNode later =
        operation.creates() ? BulkReferences.defer(data, this::isUnderWay) : Json.object();
    String path = BulkReferences.resolve(operation.path(), this::id);
    AllowedMethods.require(operation.method(), path);
    ScimResponse answer = submit.one(call(operation, path, data));
    String location = answer.headers().get("Location");
    if (operation.creates() && location != null && answer.status() < 300) {
      ids.put(operation.bulkId(), location.substring(location.lastIndexOf('/') + 1));
      if (!later.path("Operations").isEmpty()) {
        String created = location.substring(request.line().base().length() + 1);
        deferred.add(new Deferred(operation, created, later));
      }
    }
    return answer;
  }

  /** Whether this is being created further up the chain that led here. */
  private boolean isUnderWay(String name) {
    BulkOperation creator = creators.get(name);
    return creator != null && begun.contains(creator) && !answers.containsKey(creator);
  }

  private String id(String name) {
    String id = ids.get(name);
    if (id == null) {
      throw ScimException.invalidValue("No resource was created under the bulkId '" + name + "'.");
    }
    return id;
  }

  /** If the other end was refused, what was created with a reference to it is taken back. */
  private void close(Deferred open) {
    ScimResponse closed;
    try {
      closed = submit.one(call("PATCH", open.path(), open.patch()));
    } catch (ScimException e) {
      closed = refused(e.refusal());
    }
    if (closed.status() < 300) {
      answers.put(open.operation(), created(answerTo(open.operation()), closed));
    } else {
      submit.one(call("DELETE", open.path(), Json.object()));
      answers.put(open.operation(), closed);
    }
  }

  /** The answer to the creation, with the version after the circle was closed. */
  private static ScimResponse created(ScimResponse first, ScimResponse last) {
    Map<String, String> headers = new HashMap<>(first.headers());
    headers.putAll(last.headers());
    return new ScimResponse(first.status(), headers, first.body());
  }

  private ScimRequest call(String method, String path, ObjectNode data) {
    return call(new BulkOperation(method, null, "/" + path, data, null), path, data);
  }

  private ScimRequest call(BulkOperation operation, String path, ObjectNode data) {
    return new ScimRequest(
        request.client(),
        new ScimRequest.Line(operation.method(), path, Map.of(), request.line().base()),
        new ScimRequest.Conditions(
            operation.version(), null, ResponsePreferences.USUAL, Leeway.NONE),
        (ObjectNode) BulkReferences.resolve(data, this::id),
        List.of());
  }

  private static ScimResponse refused(ScimError error) {
    return ScimResponse.refusal(error);
  }

  private ScimResponse answerTo(BulkOperation operation) {
    return Objects.requireNonNull(answers.get(operation));
  }

  /** The entry of an operation in the response. */
  ObjectNode result(BulkOperation operation) {
    ScimResponse answer = answerTo(operation);
    ObjectNode result = Json.object().put("method", operation.method());
    if (operation.bulkId() != null) {
      result.put("bulkId", operation.bulkId());
    }
    String location = answer.headers().get("Location");
    if (location != null) {
      result.put("location", location);
    } else if (!operation.creates()) {
      result.put("location", request.line().base() + operation.path());
    }
    if (answer.headers().containsKey("ETag")) {
      result.put("version", answer.headers().get("ETag"));
    }
    result.put("status", String.valueOf(answer.status()));
    if (answer.status() >= 400) {
      result.set("response", answer.body());
    }
    return result;
  }
}
