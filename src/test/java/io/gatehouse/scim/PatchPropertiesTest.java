package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every PATCH. */
class PatchPropertiesTest {

  private static final Set<String> NOT_WRITTEN = Set.of("schemas", "id", "meta");

  @Property(tries = 150)
  void changesNothingWhereEverythingIsAsAsked(@ForAll("users") ObjectNode user) {
    for (String op : List.of("add", "replace")) {
      List<PatchOperation> same = new ArrayList<>();
      for (Map.Entry<String, JsonNode> member : user.properties()) {
        if (!NOT_WRITTEN.contains(member.getKey())) {
          same.add(operation(op, member.getKey(), member.getValue()));
        }
      }
      assertThat(Patch.apply(Shapes.USER, user, same)).isEqualTo(user);
      assertThat(Patch.apply(Shapes.USER, user, List.of(operation(op, null, user))))
          .isEqualTo(user);
    }
  }

  @Property(tries = 150)
  void makesOneDocumentOfAnother(@ForAll("users") ObjectNode from, @ForAll("users") ObjectNode to) {
    List<PatchOperation> operations = new ArrayList<>();
    from.fieldNames()
        .forEachRemaining(
            name -> {
              if (!to.has(name)) {
                operations.add(operation("remove", name, null));
              }
            });
    for (Map.Entry<String, JsonNode> member : to.properties()) {
      if (!NOT_WRITTEN.contains(member.getKey())) {
        if (member.getValue().isObject()) {
          operations.add(operation("remove", member.getKey(), null));
        }
        operations.add(operation("replace", member.getKey(), member.getValue()));
      }
    }

    assertThat(Patch.apply(Shapes.USER, from, operations)).isEqualTo(to);
  }

  @Property(tries = 15)
  void showsWhatWasPatched(@ForAll("users") ObjectNode from, @ForAll("users") ObjectNode to) {
    ScimClient idp = Gateway.shared().connection("standard");
    ObjectNode core = to.deepCopy();
    core.remove(List.of(Shapes.URN, "schemas"));
    UUID id = idp.create(plain(from)).id();

    Answer patched = idp.patch(id, Json.text(operation("replace", null, core).json()));

    assertThat(patched.status()).as(patched.http().body()).isEqualTo(200);
    assertThat(idp.get(id).json()).isEqualTo(patched.json());
    for (Map.Entry<String, JsonNode> member : core.properties()) {
      if (!member.getValue().isObject()) { // those are merged
        assertThat(patched.json().path(member.getKey())).isEqualTo(member.getValue());
      }
    }
  }

  private static ObjectNode plain(ObjectNode user) {
    ObjectNode plain = user.deepCopy();
    plain.remove(Shapes.URN);
    plain.withArray("schemas").removeAll().add(Schema.USER);
    return plain;
  }

  private static PatchOperation operation(String op, String path, JsonNode value) {
    ObjectNode json = Json.object().put("op", op).put("path", path);
    if (value != null) {
      json.set("value", value);
    }
    return PatchOperation.read(json);
  }

  /** Documents as they are stored. */
  @Provide
  Arbitrary<ObjectNode> users() {
    return Samples.bodies()
        .map(
            body -> {
              body.put("userName", "u").putArray("schemas").add(Schema.USER);
              ObjectNode user = new ResourceReader(Shapes.USER).read(body);
              return user.has("active") ? user : user.put("active", true);
            });
  }
}
