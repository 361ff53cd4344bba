package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.idp.Team.Moves;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import java.util.List;

/** The two kinds of applications at Okta, which tell of changes in different ways. */
enum OktaApplication {

  /** Made with the wizard: gets the whole, changes it, and puts it back. */
  WIZARD {
    @Override
    void update(Wire wire, Person person, String... paths) {
      String url = "/Users/" + person.id;
      ObjectNode merged = wire.get(url).setAll(Okta.profile(person));
      if (!person.active) { // so it is in a capture
        ((ObjectNode) merged.at("/emails/0")).remove("type");
      }
      wire.put(url, merged);
    }

    @Override
    void rename(Wire wire, Team team) {
      String url = "/Groups/" + team.id;
      wire.get(url);
      ObjectNode whole = team.document().put("id", team.id.toString());
      ArrayNode members = whole.putArray("members");
      team.members.forEach(
          it -> members.addObject().put("value", it.id.toString()).putNull("display"));
      wire.put(url, whole);
    }

    @Override
    void move(Wire wire, Team team, Moves moves) {
      rename(wire, team);
    }
  },

  /** From the catalogue: patches, without a path where it can. */
  CATALOG {
    @Override
    void update(Wire wire, Person person, String... paths) {
      ObjectNode changed = Json.object();
      for (String path : paths) {
        ObjectNode parent = changed;
        List<String> names = Person.names(path);
        for (String name : names.subList(0, names.size() - 1)) {
          parent = parent.withObjectProperty(name);
        }
        parent.set(names.get(names.size() - 1), person.at(path));
      }
      patch(wire, "/Users/" + person.id, replace(changed));
      if (person.active && List.of(paths).contains("active")) { // the profile follows by PUT
        WIZARD.update(wire, person);
      }
    }

    @Override
    void rename(Wire wire, Team team) {
      ObjectNode named = Json.object().put("id", team.id.toString()).put("displayName", team.name);
      patch(wire, "/Groups/" + team.id, replace(named));
    }

    /** The name comes with every change of members. */
    @Override
    void move(Wire wire, Team team, Moves moves) {
      ArrayNode operations = Json.array();
      moves
          .left()
          .forEach(
              it ->
                  operations
                      .addObject()
                      .put("op", "remove")
                      .put("path", "members[value eq \"%s\"]".formatted(it)));
      ArrayNode added =
          operations.addObject().put("op", "add").put("path", "members").putArray("value");
      moves
          .joined()
          .forEach(it -> added.addObject().put("value", it.toString()).put("display", "somebody"));
      rename(wire, team);
      patch(wire, "/Groups/" + team.id, operations);
    }
  };

  abstract void update(Wire wire, Person person, String... paths);

  abstract void rename(Wire wire, Team team);

  abstract void move(Wire wire, Team team, Moves moves);

  private static ArrayNode replace(ObjectNode value) {
    return Json.array().add(Json.object().put("op", "replace").set("value", value));
  }

  private static void patch(Wire wire, String url, ArrayNode operations) {
    ObjectNode patch = Json.object().set("Operations", operations);
    patch.putArray("schemas").add(PatchOperation.PATCH_OP);
    wire.call("PATCH", url, patch, 200);
  }
}
