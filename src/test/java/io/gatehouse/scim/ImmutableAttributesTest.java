package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes that are written once, RFC 7643 section 7. */
class ImmutableAttributesTest {

  private static final ResourceDefinition DEFINITION =
      new Schemas(
              List.of(
                  new Schemas.Extension(
                      ResourceType.USER,
                      Schema.of(
                          Json.stored(
                              """
                              {"id": "urn:example:hr", "attributes": [
                                {"name": "number", "mutability": "immutable"},
                                {"name": "room"},
                                {"name": "contract", "type": "complex", "subAttributes": [
                                  {"name": "start", "mutability": "immutable"},
                                  {"name": "level"}]}]}
                              """)),
                      false)),
              false)
          .definition(ResourceType.USER);

  private static final String BEFORE =
      """
      {"userName": "ada",
       "urn:example:hr": {"number": "1", "room": "A", "contract": {"start": "2020", "level": "x"}}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'urn:example:hr':{'number':'2','contract':{'start':'2020'}}}",
        "{'urn:example:hr':{'room':'A','contract':{'start':'2020'}}}",
        "{'urn:example:hr':{'number':'1','contract':{'start':'2021'}}}",
        "{'urn:example:hr':{'number':'1'}}"
      })
  void refusesAChangeOfWhatIsSet(String after) {
    assertThatThrownBy(() -> check(BEFORE, after))
        .isInstanceOfSatisfying(
            ScimException.class, e -> assertThat(e.refusal().scimType()).isEqualTo("mutability"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'urn:example:hr':{'number':'1','room':'B','contract':{'start':'2020'}}}",
        "{'userName':'a','urn:example:hr':{'number':'1','contract':{'start':'2020','level':'y'}}}"
      })
  void letsTheRestChange(String after) {
    assertThatCode(() -> check(BEFORE, after)).doesNotThrowAnyException();
  }

  @Test
  void letsWhatIsNotSetBeSet() {
    assertThatCode(() -> check("{}", BEFORE)).doesNotThrowAnyException();
  }

  @Test
  void keepsWhatAReplacementLeavesOut() {
    ObjectNode after = json("{'userName':'a','urn:example:hr':{'room':'B'}}");

    ImmutableAttributes.keep(DEFINITION, json(BEFORE), after);

    assertThat(after)
        .isEqualTo(
            json(
                "{'userName':'a','urn:example:hr':"
                    + "{'room':'B','number':'1','contract':{'start':'2020'}}}"));
  }

  @Test
  void keepsNothingThatCouldBeRemoved() {
    ObjectNode after = json("{'userName':'a'}");

    ImmutableAttributes.keep(DEFINITION, json("{'urn:example:hr':{'room':'A'}}"), after);

    assertThat(after).isEqualTo(json("{'userName':'a'}"));
  }

  private static void check(String before, String after) {
    ImmutableAttributes.check(DEFINITION, json(before), json(after));
  }

  private static ObjectNode json(String text) {
    return Json.stored(text.replace('\'', '"'));
  }
}
