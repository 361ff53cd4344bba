package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Resources that were stored before there were limits. */
class ResourceLimitsTest {

  private final ObjectNode large = user(12_000);

  @Test
  void aLeaverGoesHoweverLargeTheResourceHasBecome() {
    ObjectNode after =
        Patch.apply(
            Shapes.USER,
            large,
            List.of(operation("{\"op\":\"replace\",\"path\":\"active\",\"value\":false}")));

    assertThat(after.path("active").asBoolean(true)).isFalse();
    assertThat(after.path("emails")).hasSize(12_000);
  }

  @Test
  void whatIsTooLargeMayShrinkAndNotGrow() {
    String few = "emails[value sw \"1\"]";

    assertThat(Patch.apply(Shapes.USER, large, List.of(remove(few))).path("emails").size())
        .isLessThan(12_000);
    refused(
        "tooMany",
        () ->
            Patch.apply(
                Shapes.USER,
                large,
                List.of(
                    operation(
                        "{\"op\":\"add\",\"path\":\"emails\",\"value\":[{\"value\":\"new\"}]}"))));
  }

  @Test
  void aKeyThatIsTooLongMayStay() {
    ObjectNode before = user(1).put("externalId", "x".repeat(5_000));
    PatchOperation title = operation("{\"op\":\"add\",\"path\":\"title\",\"value\":\"Nurse\"}");

    assertThat(Patch.apply(Shapes.USER, before, List.of(title)).path("title").asText())
        .isEqualTo("Nurse");
    refused(
        "invalidValue",
        () ->
            new ResourceReader(Shapes.USER)
                .complete(before, before.deepCopy().put("externalId", "y".repeat(5_000))));
  }

  @Test
  void countsTheBytesOfWhatIsWrittenDown() {
    ObjectNode fits = user(1);
    fits.set("title", TextNode.valueOf("x".repeat(ResourceLimits.MAX_BYTES - 1_000)));
    ObjectNode escaped = user(1);
    escaped.set("title", TextNode.valueOf("\u0001".repeat(ResourceLimits.MAX_BYTES / 5)));

    assertThat(new ResourceReader(Shapes.USER).complete(Json.object(), fits)).isSameAs(fits);
    refused("tooMany", () -> new ResourceReader(Shapes.USER).complete(Json.object(), escaped));
  }

  private static void refused(String scimType, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ScimException.class, it -> assertThat(it.refusal().scimType()).isEqualTo(scimType));
  }

  private static PatchOperation remove(String path) {
    return new PatchOperation(PatchOperation.Kind.REMOVE, path, Json.MAPPER.missingNode());
  }

  private static PatchOperation operation(String json) {
    return PatchOperation.read(Json.stored(json));
  }

  private static ObjectNode user(int emails) {
    ObjectNode user = Json.object().put("userName", "ada@example.com").put("active", true);
    for (int i = 0; i < emails; i++) {
      user.withArray("emails").addObject().put("value", i + "@example.com");
    }
    return user;
  }
}
