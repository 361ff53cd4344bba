package io.gatehouse.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Envelope.Trace;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Envelopes as JSON text. The text is versioned and unknown members are ignored, so that gateways
 * of adjacent versions understand each other in a rolling upgrade.
 */
public final class EnvelopeCodec {

  private static final int VERSION = 1;

  private static final String PROBE = "probe";

  private EnvelopeCodec() {}

  public static String encode(Envelope envelope) {
    Caller caller = envelope.caller();
    Trace trace = envelope.trace();
    ObjectNode json =
        Json.object()
            .put("v", VERSION)
            .put("id", envelope.id().toString())
            .put("tenant", caller.tenant().toString())
            .put("tenantSlug", caller.tenantSlug())
            .put("idp", caller.actor())
            .put("instance", trace.instance())
            .put("acceptedAt", trace.acceptedAt().toString())
            .put("fingerprint", trace.fingerprint());
    if (caller.connection() != null) {
      json.put("connection", caller.connection().toString());
    }
    if (trace.source() != null) {
      json.set("source", source(trace.source()));
    }
    if (trace.origin() != null) {
      json.set("origin", origin(trace.origin()));
    }
    ArrayNode repairs = json.putArray("repairs");
    trace.repairs().forEach(repairs::add);
    json.put("type", envelope.command().type().name());
    json.put("target", envelope.command().target().toString());
    envelope.command().match(new CommandWriter(json));
    return Json.text(json);
  }

  /**
   * Reads an envelope.
   *
   * @throws IllegalArgumentException when the text is not an envelope of a version that this
   *     gateway knows
   */
  public static Envelope decode(String text) {
    try {
      JsonNode json = Json.MAPPER.readTree(text);
      if (json.path("v").asInt() != VERSION) {
        throw new IllegalArgumentException("unknown envelope version " + json.path("v"));
      }
      return new Envelope(
          new CommandId(uuid(json, "id")), caller(json), command(json), trace(json));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  private static Caller caller(JsonNode json) {
    return new Caller(
        uuid(json, "tenant"),
        json.path("tenantSlug").asText(),
        json.has("connection") ? uuid(json, "connection") : null,
        json.path("idp").asText());
  }

  private static Trace trace(JsonNode json) {
    List<String> repairs = new ArrayList<>();
    json.path("repairs").forEach(repair -> repairs.add(repair.asText()));
    return new Trace(
        json.path("instance").asText(),
        Instant.parse(json.path("acceptedAt").asText()),
        json.path("fingerprint").asText(),
        List.copyOf(repairs),
        json.has("source") ? source(json.path("source")) : null,
        json.has("origin") ? origin(json.path("origin")) : null);
  }

  private static ObjectNode origin(Origin origin) {
    ObjectNode json = Json.object().put("address", origin.address());
    json.put("credential", origin.credential()).put("reason", origin.reason());
    return origin.traceparent() == null ? json : json.put(TraceParent.NAME, origin.traceparent());
  }

  private static Origin origin(JsonNode json) {
    return new Origin(
        Json.text(json, "address"),
        Json.text(json, "credential"),
        Json.text(json, "reason"),
        TraceParent.valid(Json.text(json, TraceParent.NAME)));
  }

  private static ObjectNode source(EventOrigin origin) {
    ObjectNode json =
        Json.object().put("channel", origin.channel()).put("subject", origin.subject());
    if (origin.eventId() != null) {
      json.put("eventId", origin.eventId());
    }
    return origin.time() == null ? json : json.put("time", origin.time().toString());
  }

  private static EventOrigin source(JsonNode json) {
    String time = Json.text(json, "time");
    return new EventOrigin(
        json.path("channel").asText(),
        Json.text(json, "eventId"),
        json.path("subject").asText(),
        time == null ? null : Instant.parse(time));
  }

  private static Command command(JsonNode json) {
    ResourceType type = ResourceType.valueOf(json.path("type").asText());
    UUID target = uuid(json, "target");
    String ifMatch = Json.text(json, "ifMatch");
    return switch (json.path("op").asText()) {
      case "create" ->
          new Command.Create(
              type,
              target,
              (ObjectNode) json.path("resource"),
              leeway(json).recognising(recognition(json.path("recognises"))));
      case "replace" ->
          new Command.Replace(
              type, target, (ObjectNode) json.path("resource"), leeway(json), ifMatch);
      case "modify" ->
          new Command.Modify(
              type,
              target,
              PatchOperation.readAll((ObjectNode) json.path("patch")),
              leeway(json),
              ifMatch);
      case "delete" -> new Command.Delete(type, target, ifMatch);
      case "govern" -> govern(json, target);
      case PROBE -> new Command.Probe(target); // Written so by gateways of the previous version.
      case "conform" -> new Command.Conform(type, target);
      default -> throw new IllegalArgumentException("unknown command " + json.path("op"));
    };
  }

  private static Command govern(JsonNode json, UUID target) {
    return json.path(PROBE).asBoolean()
        ? new Command.Probe(target)
        : new Command.Lifecycle(target, LifecycleAction.valueOf(json.path("measure").asText()));
  }

  private static Leeway leeway(JsonNode json) {
    Set<String> kept = new TreeSet<>();
    json.path("kept").forEach(name -> kept.add(name.asText()));
    return new Leeway(
        json.path("salvage").asBoolean(),
        json.path("someJoin").asBoolean(),
        Set.copyOf(kept),
        RestoreCriteria.STANDARD);
  }

  /**
   * Commands of an older gateway have no criteria. They then match no user by an externalId alone:
   * a duplicate user can be removed later, but two merged users cannot be separated.
   */
  private static RestoreCriteria recognition(JsonNode json) {
    if (json.isMissingNode()) {
      return new RestoreCriteria(false, false);
    }
    return new RestoreCriteria(
        json.path("externalId").asBoolean(RestoreCriteria.STANDARD.externalId()),
        json.path("inactive").asBoolean(RestoreCriteria.STANDARD.inactive()));
  }

  private static UUID uuid(JsonNode json, String member) {
    return UUID.fromString(json.path(member).asText());
  }

  /** Adds the members that are specific to one kind of command. */
  private record CommandWriter(ObjectNode json) implements Command.Cases<ObjectNode> {
    @Override
    public ObjectNode create(Command.Create command) {
      RestoreCriteria criteria = command.leeway().recognition();
      json.put("op", "create").put("someJoin", command.leeway().someJoin());
      json.putObject("recognises")
          .put("externalId", criteria.externalId())
          .put("inactive", criteria.inactive());
      return json.set("resource", command.resource());
    }

    @Override
    public ObjectNode replace(Command.Replace command) {
      json.put("op", "replace").put("ifMatch", command.ifMatch());
      json.put("someJoin", command.leeway().someJoin());
      ArrayNode kept = json.putArray("kept");
      command.leeway().kept().forEach(kept::add);
      return json.set("resource", command.resource());
    }

    @Override
    public ObjectNode modify(Command.Modify command) {
      json.put("op", "modify").put("ifMatch", command.ifMatch());
      json.put("salvage", command.leeway().salvage());
      json.put("someJoin", command.leeway().someJoin());
      ObjectNode patch = json.putObject("patch");
      patch.putArray("schemas").add(PatchOperation.PATCH_OP);
      ArrayNode operations = patch.putArray("Operations");
      command.operations().forEach(operation -> operations.add(operation.json()));
      return json;
    }

    @Override
    public ObjectNode delete(Command.Delete command) {
      return json.put("op", "delete").put("ifMatch", command.ifMatch());
    }

    @Override
    public ObjectNode govern(Command.Lifecycle command) {
      return json.put("op", "govern").put("measure", command.measure().name());
    }

    @Override
    public ObjectNode conform(Command.Conform command) {
      return json.put("op", "conform");
    }

    /**
     * Encoded so that a gateway without probes reads it as the purge of an unknown user: it finds
     * none, stores an outcome, and does not move the message to the unreadable ones.
     */
    @Override
    public ObjectNode probe(Command.Probe command) {
      return govern(new Command.Lifecycle(command.target(), LifecycleAction.PURGE))
          .put(PROBE, true);
    }
  }
}
