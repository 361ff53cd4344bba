package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Leeway;
import io.gatehouse.crypto.Digests;
import io.gatehouse.scim.GroupMember;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ProtocolMessage;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import io.gatehouse.tenant.ConnectionSettings;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Translates a write request into a canonical command in its envelope. */
public final class CommandReader {

  private final Clock clock;
  private final String instance;

  public CommandReader(Clock clock, String instance) {
    this.clock = clock;
    this.instance = instance;
  }

  /**
   * Reads the command of a request.
   *
   * @throws ScimException with the answer, when the request is invalid
   */
  public Envelope envelope(ScimRequest request) {
    ScimRequest current = RetiredValues.leaveOut(request);
    Command command = command(current);
    Envelope.Trace trace =
        new Envelope.Trace(
            instance,
            clock.instant(),
            fingerprint(request),
            current.repairs(),
            null,
            request.client().origin());
    // The id is created last, because reading a large body takes time: a command that is much older
    // than the start of its call would count as one whose answer was received.
    CommandId id = CommandId.next(clock.instant());
    return new Envelope(id, request.caller(), command, trace);
  }

  private Command command(ScimRequest request) {
    ResourceTarget target = ResourceTarget.of(request.line().path());
    TypeProjections.of(request, new ListRequest(request.line().parameters()));
    String ifMatch = request.conditions().ifMatch();
    Leeway leeway = request.conditions().leeway();
    if (request.line().method().equals("POST")) {
      return new Command.Create(
          target.type(),
          CommandId.uuid7(clock.instant()),
          newResource(definition(target, request), request),
          leeway.recognising(
              ConnectionSettings.recognition(request.client().settings(), leeway.recognition())));
    }
    UUID id = target.requireId();
    return switch (request.line().method()) {
      case "PUT" ->
          new Command.Replace(
              target.type(), id, resource(definition(target, request), request), leeway, ifMatch);
      case "PATCH" ->
          new Command.Modify(target.type(), id, operations(target, request), leeway, ifMatch);
      case "DELETE" -> new Command.Delete(target.type(), id, ifMatch);
      default -> throw new ScimException(ScimError.methodNotAllowed("GET"));
    };
  }

  /**
   * Checks names and paths here, because the leniency of the profile is known here. With the leeway
   * to salvage (quirk ENTRA-53), bad paths are left out later and not refused here.
   */
  private static List<PatchOperation> operations(ResourceTarget target, ScimRequest request) {
    ResourceDefinition definition = definition(target, request);
    List<PatchOperation> operations =
        PatchOperation.readAll(request.body()).stream().map(it -> it.known(definition)).toList();
    if (!request.conditions().leeway().salvage()) {
      PatchOperation.check(operations, definition);
    }
    return operations;
  }

  private static ResourceDefinition definition(ResourceTarget target, ScimRequest request) {
    return request.catalogue().definition(target.type());
  }

  /**
   * Reads the resource. An explicitly empty list of members differs from an absent one. A member
   * without a value is refused before anything is queued.
   */
  private static ObjectNode resource(ResourceDefinition definition, ScimRequest request) {
    ResourceReader reader = new ResourceReader(definition);
    ObjectNode resource =
        request.line().method().equals("PUT")
            ? reader.readReplacement(request.body())
            : reader.read(request.body());
    ProtocolMessage body = ProtocolMessage.of(request.body());
    JsonNode members = body.get("members");
    if (members.isMissingNode() && body.get(definition.core().urn()) instanceof ObjectNode core) {
      members = ProtocolMessage.of(core).get("members");
    }
    if (definition.type() == ResourceType.GROUP) {
      GroupMember.list(resource.path("members"));
    }
    if (definition.type() == ResourceType.GROUP
        && !members.isMissingNode()
        && Json.unassigned(members)) {
      resource.putArray("members");
    }
    return resource;
  }

  private static ObjectNode newResource(ResourceDefinition definition, ScimRequest request) {
    return definition.type() == ResourceType.USER
        ? new ResourceReader(definition).readNew(request.body())
        : resource(definition, request);
  }

  private static String fingerprint(ScimRequest request) {
    String text =
        String.join(
            "\n",
            request.caller().tenant().toString(),
            request.caller().requireConnection().toString(),
            request.line().method(),
            request.line().path(),
            String.valueOf(request.conditions().ifMatch()),
            request.body().toString());
    return Digests.sha256Hex(text);
  }
}
