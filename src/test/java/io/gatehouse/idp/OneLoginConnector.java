package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.idp.Team.Moves;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.Schema;
import java.util.Set;
import java.util.UUID;

/** The connectors of OneLogin; in a template every macro stands between quotes. */
enum OneLoginConnector {

  /** "SCIM v2 Enterprise". */
  V2 {
    @Override
    ObjectNode template(Person person) {
      return rendered(person);
    }

    @Override
    ObjectNode patch(Moves moves) {
      ObjectNode patch = Json.object();
      patch.putArray("schemas").add(PatchOperation.PATCH_OP);
      ArrayNode operations = patch.putArray("Operations");
      for (UUID left : moves.left()) {
        operations
            .addObject()
            .put("op", "remove")
            .put("path", "members[value eq \"%s\"]".formatted(left));
      }
      ArrayNode added =
          operations.addObject().put("op", "add").put("path", "members").putArray("value");
      moves.joined().forEach(it -> added.addObject().put("value", it.toString()));
      return patch;
    }
  },

  /** "Core Schema v1.1", with the enterprise extension of that time. */
  V1 {
    private static final String CORE = "urn:scim:schemas:core:1.0";
    private static final String ENTERPRISE = "urn:scim:schemas:extension:enterprise:1.0";

    @Override
    ObjectNode template(Person person) {
      ObjectNode template = rendered(person);
      template.putArray("schemas").add(CORE).add(ENTERPRISE);
      template.set("emails", template.path("emails").path(0));
      template.set(ENTERPRISE, template.remove(Schema.ENTERPRISE_USER));
      return template;
    }

    @Override
    ObjectNode patch(Moves moves) {
      ObjectNode patch = Json.object();
      patch.putArray("schemas").add(CORE);
      add(patch, moves.joined(), "add");
      add(patch, moves.left(), "delete");
      return patch;
    }

    private void add(ObjectNode patch, Set<UUID> ids, String operation) {
      for (UUID id : ids) {
        patch
            .withArray("members")
            .addObject()
            .put("value", id.toString())
            .put("operation", operation);
      }
    }
  };

  abstract ObjectNode template(Person person);

  abstract ObjectNode patch(Moves moves);

  private static ObjectNode rendered(Person person) {
    ObjectNode template = person.document().putNull("id").put("externalId", "").put("title", "");
    template.put("active", String.valueOf(person.active));
    ((ObjectNode) template.at("/emails/0")).put("primary", "true");
    template.putArray("phoneNumbers").addObject().put("value", "").put("type", "work");
    template
        .withObjectProperty(Schema.ENTERPRISE_USER)
        .put("organization", "")
        .putObject("manager")
        .put("managerId", person.manager == null ? "" : person.manager)
        .put("displayName", " ");
    return template;
  }
}
