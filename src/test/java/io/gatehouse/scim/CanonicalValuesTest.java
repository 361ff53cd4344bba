package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The data types of RFC 7643 section 2.3, as a resource is read. */
class CanonicalValuesTest {

  private static final String URN = "urn:example:types";

  private static final ResourceDefinition DEFINITION =
      new Schemas(
              List.of(
                  new Schemas.Extension(
                      ResourceType.USER,
                      Schema.of(
                          Json.stored(
                              """
                              {"id": "urn:example:types", "attributes": [
                                {"name": "text", "type": "string"},
                                {"name": "flag", "type": "boolean"},
                                {"name": "count", "type": "integer"},
                                {"name": "rate", "type": "decimal"},
                                {"name": "since", "type": "dateTime"},
                                {"name": "picture", "type": "binary"},
                                {"name": "site", "type": "reference"},
                                {"name": "badges", "type": "complex", "multiValued": true, "subAttributes": [
                                  {"name": "value", "type": "string", "required": true},
                                  {"name": "display", "type": "string"}]}]}
                              """)),
                      false)),
              false)
          .definition(ResourceType.USER);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          text    | "Zoë 李 🧑‍🚀"                    | "Zoë 李 🧑‍🚀"
          flag    | false                           | false
          count   | 9007199254740993                | 9007199254740993
          count   | -1                              | -1
          rate    | 0.1                             | 0.1
          rate    | 1.0                             | 1
          rate    | 1.50                            | 1.5
          rate    | 1e2                             | 100
          since   | "2020-02-29T10:00:00Z"          | "2020-02-29T10:00:00Z"
          since   | "2020-02-29T10:00:00.25+02:00"  | "2020-02-29T10:00:00.25+02:00"
          since   | "2020-02-29T10:00:00"           | "2020-02-29T10:00:00Z"
          picture | "AQI="                          | "AQI="
          picture | "AQI"                           | "AQI"
          site    | "https://example.com/a?b=c#d"   | "https://example.com/a?b=c#d"
          site    | "../Users/42"                   | "../Users/42"
          site    | "urn:example:a"                 | "urn:example:a"
          badges  | [{"VALUE":"a","unknown":1}]     | [{"value":"a"}]
          badges  | [{"value":"a"},{"value":"a"}]   | [{"value":"a"}]
          """)
  void keepsAValueOfItsType(String attribute, String sent, String kept) throws Exception {
    assertThat(read(attribute, sent).path(URN).path(attribute))
        .isEqualTo(Json.MAPPER.readTree(kept));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          text    | 5
          text    | ["a"]
          flag    | "true"
          flag    | 1
          count   | 1.0
          count   | 1e2
          count   | "1"
          rate    | "0.1"
          since   | "2020-01-01"
          since   | "2021-02-29T10:00:00Z"
          since   | "2020-01-01 10:00:00Z"
          since   | "2020-01-01T10:00:00+15:00"
          since   | "0000-01-01T10:00:00Z"
          since   | 1577836800
          picture | "A"
          picture | "AQ I="
          picture | "_-_-"
          site    | "http://exa mple.com"
          site    | "not a uri"
          site    | 5
          badges  | {"value":"a"}
          badges  | ["a"]
          badges  | [{"display":"a value is required"}]
          """)
  void refusesAValueOfAnotherType(String attribute, String sent) {
    assertThatThrownBy(() -> read(attribute, sent))
        .isInstanceOfSatisfying(
            ScimException.class, e -> assertThat(e.refusal().scimType()).isEqualTo("invalidValue"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1e99999999999}",
        "{\"a\":1e100000}",
        "{\"a\":[1e-100000]}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\u0000\"}"
      })
  void refusesWhatTheDatabaseCannotKeep(String body) {
    assertThatThrownBy(() -> Json.object(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            ScimException.class, e -> assertThat(e.refusal().status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"userName\":\"ada\",\"USERNAME\":\"ada\"}",
        "{\"userName\":\"ada\",\"nickName\":null,\"NICKNAME\":\"a\"}",
        "{\"userName\":\"ada\",\"name\":{\"givenName\":\"a\",\"GivenName\":\"b\"}}",
        "{\"userName\":\"ada\",\"emails\":[{\"value\":\"a\",\"VALUE\":\"b\"}]}",
        "{\"userName\":\"ada\",\"urn:example:types\":{\"text\":\"a\",\"TEXT\":\"b\"}}",
        "{\"userName\":\"ada\",\"urn:example:types\":{},\"URN:example:types\":{\"text\":\"b\"}}",
        "{\"userName\":\"ada\",\"urn:ietf:params:scim:schemas:core:2.0:User\":{\"userName\":\"b\"}}"
      })
  void refusesANameThatIsGivenTwiceInAnyCase(String members) {
    ObjectNode body = Json.stored(members);
    body.putArray("schemas").add(Schema.USER);

    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            ScimException.class,
            e -> assertThat(e.refusal().scimType()).isEqualTo("invalidSyntax"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u00A0\u3000",
        "a\tb",
        "a\u200Bb",
        "a\u00ADb",
        "a\u202Eb",
        "a\u2028b",
        "a\uE000",
        "a\u0378",
        "a\uFE0F",
        "a\u3164",
        "a\uD800"
      })
  void refusesAUserNameThatCannotBeSeen(String userName) {
    assertThatThrownBy(() -> read(user().put("userName", userName)))
        .isInstanceOfSatisfying(
            ScimException.class, e -> assertThat(e.refusal().scimType()).isEqualTo("invalidValue"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada@example.com", "José", "ada lovelace", "李", "ａｄａ", "a+b_c-d.e'f"})
  void keepsAUserNameAsItCame(String userName) {
    assertThat(read(user().put("userName", userName)).path("userName").asText())
        .isEqualTo(userName);
  }

  @Test
  void findsTheSchemasWhateverTheirCase() {
    ObjectNode body = Json.object().put("userName", "ada");
    body.putArray("SCHEMAS").add(Schema.USER.toUpperCase(java.util.Locale.ROOT));

    assertThat(read(body).path("schemas"))
        .extracting(JsonNode::asText)
        .containsExactly(Schema.USER);
  }

  private static ObjectNode read(String attribute, String value) {
    ObjectNode body = user().put("userName", "ada");
    body.putObject(URN).set(attribute, Json.stored("{\"value\":" + value + "}").path("value"));
    return read(body);
  }

  private static ObjectNode user() {
    ObjectNode body = Json.object();
    body.putArray("schemas").add(Schema.USER).add(URN);
    return body;
  }

  private static ObjectNode read(ObjectNode body) {
    return new ResourceReader(DEFINITION).read(body);
  }
}
