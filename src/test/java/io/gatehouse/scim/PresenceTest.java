package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Schemas.Extension;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is required, and what may go on missing. */
class PresenceTest {

  private static final String URN = "urn:example:hr";
  private static final ResourceDefinition DEFINITION =
      new Schemas(
              List.of(
                  new Extension(
                      ResourceType.USER,
                      Schema.of(
                          Json.stored(
                                  """
                                  {"attributes":[
                                    {"name":"badge","required":true},
                                    {"name":"grade"},
                                    {"name":"desks","type":"complex","multiValued":true,"subAttributes":[
                                      {"name":"value","required":true},{"name":"floor"}]}]}
                                  """)
                              .put("id", URN)),
                      true)),
              false)
          .definition(ResourceType.USER);

  @Test
  void requiresAllOfANewUser() {
    refuses(MissingNode.getInstance(), "{}");
    refuses(MissingNode.getInstance(), "{\"active\":false}");
    refuses(MissingNode.getInstance(), "{\"urn:example:hr\":{\"grade\":\"7\"}}");
    takes(MissingNode.getInstance(), "{\"urn:example:hr\":{\"badge\":\"B\"}}");
  }

  @Test
  void letsMissWhatWasMissing() {
    takes(user("{}"), "{\"title\":\"x\"}");
    takes(user("{\"urn:example:hr\":{\"grade\":\"7\"}}"), "{\"urn:example:hr\":{\"grade\":\"8\"}}");
    refuses(user("{}"), "{\"urn:example:hr\":{\"grade\":\"7\"}}");
    refuses(user("{\"urn:example:hr\":{\"badge\":\"B\"}}"), "{}");
    refuses(
        user("{\"urn:example:hr\":{\"badge\":\"B\"}}"), "{\"urn:example:hr\":{\"badge\":\" \"}}");
  }

  @Test
  void letsElementsStayAsTheyWere() {
    String before = "{\"urn:example:hr\":{\"badge\":\"B\",\"desks\":[{\"floor\":\"3\"}]}}";

    takes(user(before), before);
    refuses(user(before), before.replace("\"3\"", "\"4\""));
  }

  @Test
  void asksNothingOfALeaverButTheCore() {
    JsonNode before = user("{\"urn:example:hr\":{\"badge\":\"B\"}}");
    ObjectNode nameless = Json.object().put("active", false);

    takes(before, "{\"active\":false}");
    refuses(before, "{\"active\":true}");
    assertThatThrownBy(() -> Presence.require(DEFINITION, before, nameless))
        .hasMessageContaining("userName");
  }

  private static void takes(JsonNode before, String after) {
    assertThatCode(() -> Presence.require(DEFINITION, before, user(after)))
        .doesNotThrowAnyException();
  }

  private static void refuses(JsonNode before, String after) {
    assertThatThrownBy(() -> Presence.require(DEFINITION, before, user(after)))
        .isInstanceOf(ScimException.class);
  }

  private static ObjectNode user(String rest) {
    return Json.stored(rest).put("userName", "ada");
  }
}
