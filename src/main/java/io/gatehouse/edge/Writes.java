package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;

/** Turns a request that writes into a canonical command in its envelope. */
public final class Writes {

  private final Clock clock;
  private final String instance;

  public Writes(Clock clock, String instance) {
    this.clock = clock;
    this.instance = instance;
  }

  /**
   * Reads the command out of a request.
   *
   * @throws ScimException with the answer, when the request is none that can be applied
   */
  public Envelope envelope(ScimRequest request) {
    return new Envelope(
        CommandId.next(clock.instant()),
        request.caller(),
        command(request),
        new Envelope.Trace(instance, clock.instant(), fingerprint(request), request.repairs()));
  }

  private Command command(ScimRequest request) {
    Target target = Target.of(request.line().path());
    String ifMatch = request.conditions().ifMatch();
    if (request.line().method().equals("POST")) {
      target.requireCollection();
      return new Command.Create(
          target.type(), CommandId.uuid7(clock.instant()), newResource(target.type(), request));
    }
    UUID id = target.requireId();
    return switch (request.line().method()) {
      case "PUT" ->
          new Command.Replace(
              target.type(), id, new ResourceReader(target.type()).read(request.body()), ifMatch);
      case "PATCH" ->
          new Command.Modify(target.type(), id, PatchOperation.readAll(request.body()), ifMatch);
      case "DELETE" -> new Command.Delete(target.type(), id, ifMatch);
      default -> throw Target.methodNotAllowed();
    };
  }

  /** Who is created without {@code active} is active (checklist F12). */
  private static ObjectNode newResource(ResourceType type, ScimRequest request) {
    ObjectNode resource = new ResourceReader(type).read(request.body());
    if (!resource.has("active")) {
      resource.put("active", true);
    }
    return resource;
  }

  private static String fingerprint(ScimRequest request) {
    String text =
        String.join(
            "\n",
            request.caller().tenant().toString(),
            request.caller().connection().toString(),
            request.line().method(),
            request.line().path(),
            String.valueOf(request.conditions().ifMatch()),
            request.body().toString());
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The resource that a path names. */
  record Target(ResourceType type, String id) {

    static Target of(String path) {
      String[] parts = path.split("/", -1);
      ResourceType type =
          ResourceType.atEndpoint(parts[0])
              .orElseThrow(() -> notFound("There is no " + path + "."));
      if (parts.length > 2) {
        throw notFound("There is no " + path + ".");
      }
      return new Target(type, parts.length == 2 ? parts[1] : "");
    }

    boolean collection() {
      return id.isEmpty();
    }

    void requireCollection() {
      if (!collection()) {
        throw methodNotAllowed();
      }
    }

    /** An id that is no UUID is an id that nobody has. */
    UUID requireId() {
      if (collection()) {
        throw methodNotAllowed();
      }
      try {
        UUID uuid = UUID.fromString(id);
        if (uuid.toString().equals(id)) {
          return uuid;
        }
      } catch (IllegalArgumentException e) {
        // falls through to the answer for an unknown id
      }
      throw notFound("There is no " + type.label() + " with this id.");
    }

    static ScimException methodNotAllowed() {
      return new ScimException(new Refusal(405, null, "The method is not allowed here."));
    }

    private static ScimException notFound(String detail) {
      return new ScimException(Refusal.notFound(detail));
    }
  }
}
