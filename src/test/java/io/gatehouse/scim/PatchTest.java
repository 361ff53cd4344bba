package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PATCH, rule by rule; the numbers are those of RFC 7644 section 3.5.2 and its subsections. */
class PatchTest {

  private static final String ADA =
      """
      {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada","active":true,
       "name":{"givenName":"Ada","familyName":"Lovelace"},
       "emails":[{"value":"w@x.com","type":"work","primary":true},{"value":"h@x.com","type":"home"}],
       "photos":[{"value":"https://x/p"}],
       "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"D"},
       "urn:example:params:scim:schemas:extension:shapes:2.0:User":
         {"tags":["red","Blue"],"visits":[{"value":"v"},{"value":"w","serial":"6"}]}}
      """;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          sets a singular attribute           | {"op":"add","path":"title","value":"Countess"}                 | /title | "Countess"
          finds attributes in any case        | {"op":"add","path":"TITLE","value":"Countess"}                 | /title | "Countess"
          finds attributes by their URN       | {"op":"add","path":"urn:ietf:params:scim:schemas:core:2.0:User:title","value":"C"} | /title | "C"
          merges a complex attribute          | {"op":"replace","path":"name","value":{"givenName":"A"}}       | /name | {"givenName":"A","familyName":"Lovelace"}
          sets a sub-attribute                | {"op":"replace","path":"name.givenName","value":"A"}           | /name/givenName | "A"
          appends to a multi-valued attribute | {"op":"add","path":"emails","value":{"value":"o@x.com"}}       | /emails/2/value | "o@x.com"
          appends nothing that is there       | {"op":"add","path":"emails","value":[{"value":"h@x.com","type":"home"}]} | /emails/2 | -
          replaces a multi-valued attribute   | {"op":"replace","path":"emails","value":[{"value":"o@x.com"}]} | /emails | [{"value":"o@x.com"}]
          changes the element that matches    | {"op":"replace","path":"emails[type eq \\"work\\"].value","value":"n@x.com"} | /emails/0/value | "n@x.com"
          matches in any case                 | {"op":"replace","path":"emails[TYPE eq \\"WORK\\"].value","value":"n@x.com"} | /emails/0/value | "n@x.com"
          makes an element when adding        | {"op":"add","path":"emails[type eq \\"other\\"].value","value":"o@x.com"} | /emails/2 | {"type":"other","value":"o@x.com"}
          keeps one primary                   | {"op":"replace","path":"emails[type eq \\"home\\"].primary","value":true} | /emails/0/primary | false
          keeps one primary when appending    | {"op":"add","path":"emails","value":[{"value":"o@x.com","primary":true}]} | /emails/0/primary | false
          removes a singular attribute        | {"op":"remove","path":"name.familyName"}                       | /name | {"givenName":"Ada"}
          removes matching elements           | {"op":"remove","path":"emails[type eq \\"work\\"]"}            | /emails | [{"value":"h@x.com","type":"home"}]
          removes an element that says nothing| {"op":"remove","path":"emails[type eq \\"home\\"].value"}      | /emails/1 | -
          removes nothing where nothing is    | {"op":"remove","path":"title"}                                 | /title | -
          takes null for removal              | {"op":"replace","path":"name","value":null}                    | /name | -
          takes an empty array for removal    | {"op":"replace","path":"emails","value":[]}                    | /emails | -
          applies a partial resource          | {"op":"replace","value":{"active":false,"name":{"givenName":"A"}}} | /name/familyName | "Lovelace"
          ignores read-only parts of one      | {"op":"replace","value":{"id":"x","groups":[],"active":false}} | /active | false
          never keeps a password              | {"op":"replace","path":"password","value":"secret"}            | /password | -
          sets an extension attribute         | {"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value","value":"7"} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager/value | "7"
          takes a whole extension             | {"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","value":{"department":"D"}} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department | "D"
          lists the schemas that are used     | {"op":"add","value":{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"D"}}} | /schemas/1 | "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
          keeps what an added object leaves out| {"op":"add","path":"name","value":{"middleName":"K"}} | /name | {"givenName":"Ada","familyName":"Lovelace","middleName":"K"}
          takes one value for a list of one   | {"op":"replace","path":"emails","value":{"value":"o@x.com"}} | /emails | [{"value":"o@x.com"}]
          collapses what is listed twice      | {"op":"add","path":"emails","value":[{"value":"o@x.com"},{"value":"o@x.com"}]} | /emails/3 | -
          merges into the element that matches| {"op":"replace","path":"emails[type eq \\"home\\"]","value":{"display":"D"}} | /emails/1 | {"value":"h@x.com","type":"home","display":"D"}
          matches by several terms            | {"op":"replace","path":"emails[type eq \\"work\\" and value ew \\"X.COM\\"].display","value":"D"} | /emails/0/display | "D"
          matches by or                       | {"op":"remove","path":"emails[type eq \\"x\\" or value sw \\"H@\\"]"} | /emails/1 | -
          matches by not                      | {"op":"remove","path":"emails[not (primary eq true)]"} | /emails | [{"value":"w@x.com","type":"work","primary":true}]
          takes an absent primary for false   | {"op":"replace","path":"emails[primary eq false].type","value":"other"} | /emails/1/type | "other"
          changes all that match              | {"op":"replace","path":"emails[value pr].type","value":"other"} | /emails/1/type | "other"
          changes all where nothing is chosen | {"op":"replace","path":"emails.type","value":"other"} | /emails/0/type | "other"
          regards case where it counts        | {"op":"remove","path":"photos[value eq \\"https://x/P\\"]"} | /photos/0/value | "https://x/p"
          reads brackets in strings           | {"op":"add","path":"emails[type eq \\"a]b\\"].value","value":"o@x.com"} | /emails/2 | {"type":"a]b","value":"o@x.com"}
          describes a new element by all terms| {"op":"add","path":"emails[type eq \\"other\\" and primary eq true].value","value":"o@x.com"} | /emails/2 | {"type":"other","primary":true,"value":"o@x.com"}
          keeps one primary when making one   | {"op":"add","path":"emails[type eq \\"other\\" and primary eq true].value","value":"o@x.com"} | /emails/0/primary | false
          keeps one primary of a partial resource| {"op":"add","value":{"emails":[{"value":"o@x.com","primary":true}]}} | /emails/0/primary | false
          lets what is added win over the filter| {"op":"add","path":"emails[type eq \\"x\\" and value eq \\"a\\"].value","value":"b"} | /emails/2/value | "b"
          removes what is listed              | {"op":"remove","path":"emails","value":[{"value":"H@X.COM"}]} | /emails | [{"value":"w@x.com","type":"work","primary":true}]
          removes one that is listed          | {"op":"remove","path":"emails","value":{"value":"h@x.com","type":"home"}} | /emails/1 | -
          removes nothing that is listed wrong| {"op":"remove","path":"emails","value":[{"value":"h@x.com","type":"work"}]} | /emails/1/value | "h@x.com"
          removes nothing by an empty list    | {"op":"remove","path":"emails","value":[]} | /emails/1/value | "h@x.com"
          removes from simple lists           | {"op":"remove","path":"urn:example:params:scim:schemas:extension:shapes:2.0:User:tags","value":["RED"]} | /urn:example:params:scim:schemas:extension:shapes:2.0:User/tags | ["Blue"]
          removes everything without a value  | {"op":"remove","path":"emails"} | /emails | -
          removes the last element            | {"op":"remove","path":"photos[value pr]"} | /photos | -
          removes no one who is not there     | {"op":"remove","path":"emails[value eq \\"x\\"]"} | /emails/1/value | "h@x.com"
          removes a sub-attribute of those that match| {"op":"remove","path":"emails[type eq \\"work\\"].primary"} | /emails/0 | {"value":"w@x.com","type":"work"}
          drops an extension with its last value| {"op":"remove","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"} | /schemas/1 | "urn:example:params:scim:schemas:extension:shapes:2.0:User"
          drops an extension by its URN       | {"op":"remove","path":"URN:IETF:PARAMS:SCIM:SCHEMAS:EXTENSION:ENTERPRISE:2.0:USER"} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | -
          merges an extension by its URN      | {"op":"replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","value":{"division":"V"}} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | {"department":"D","division":"V"}
          drops an extension that is not listed| {"op":"remove","path":"schemas","value":["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | -
          drops what a new list leaves out    | {"op":"replace","path":"schemas","value":["urn:ietf:params:scim:schemas:core:2.0:User"]} | /urn:example:params:scim:schemas:extension:shapes:2.0:User | -
          takes a schema that is there already| {"op":"add","path":"schemas","value":["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]} | /schemas/1 | "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
          finds a URN in any case             | {"op":"replace","path":"URN:IETF:PARAMS:SCIM:SCHEMAS:EXTENSION:ENTERPRISE:2.0:USER:MANAGER.VALUE","value":"7"} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager/value | "7"
          sets an immutable part of an element once| {"op":"add","path":"urn:example:params:scim:schemas:extension:shapes:2.0:User:visits[value eq \\"v\\"].serial","value":"7"} | /urn:example:params:scim:schemas:extension:shapes:2.0:User/visits/0/serial | "7"
          takes an empty string as it is      | {"op":"replace","path":"title","value":""} | /title | ""
          takes null for removal in a partial resource| {"op":"replace","value":{"name":null,"emails":[]}} | /emails | -
          """)
  void changesTheDocument(String rule, String operation, String pointer, String expected)
      throws Exception {
    ObjectNode after = apply(operation);

    if (expected.equals("-")) {
      assertThat(after.at(pointer).isMissingNode()).as(after.toString()).isTrue();
    } else {
      assertThat(after.at(pointer)).isEqualTo(Json.MAPPER.readTree(expected));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          an unknown operation            | {"op":"move","path":"title","value":"x"}                | invalidSyntax
          an unknown attribute            | {"op":"add","path":"nonsense","value":"x"}              | invalidPath
          an unknown sub-attribute        | {"op":"add","path":"name.nonsense","value":"x"}         | invalidPath
          an unbalanced path              | {"op":"add","path":"emails[type eq","value":"x"}        | invalidPath
          a path that is no string        | {"op":"add","path":7,"value":"x"}                       | invalidPath
          a removal without a path        | {"op":"remove"}                                         | noTarget
          a replacement of nothing        | {"op":"replace","path":"emails[type eq \\"x\\"].value","value":"y"} | noTarget
          a missing value                 | {"op":"add","path":"title"}                             | invalidValue
          a value of the wrong type       | {"op":"add","path":"active","value":"yes"}              | invalidValue
          a value without a path or name  | {"op":"add","value":"x"}                                | invalidValue
          two primaries at once           | {"op":"replace","path":"emails","value":[{"value":"a","primary":true},{"value":"b","primary":true}]} | invalidValue
          removal of what is required     | {"op":"remove","path":"userName"}                       | mutability
          an empty name                   | {"op":"replace","path":"userName","value":""}           | invalidValue
          a change of the id              | {"op":"replace","path":"id","value":"x"}                | mutability
          a change of the groups          | {"op":"add","path":"groups","value":[{"value":"x"}]}    | mutability
          an open bracket                 | {"op":"add","path":"emails[","value":"x"} | invalidPath
          two dots                        | {"op":"add","path":"name..givenName","value":"x"} | invalidPath
          a leading slash                 | {"op":"add","path":"/title","value":"x"} | invalidPath
          a leading dot                   | {"op":"add","path":".title","value":"x"} | invalidPath
          a trailing dot                  | {"op":"add","path":"title.","value":"x"} | invalidPath
          spaces                          | {"op":"add","path":" title","value":"x"} | invalidPath
          an empty path                   | {"op":"add","path":"","value":"x"} | invalidPath
          garbage after a bracket         | {"op":"add","path":"emails[type eq \\"x\\"]foo","value":"x"} | invalidPath
          a bracket after a bracket       | {"op":"add","path":"emails[type eq \\"x\\"][type pr]","value":"x"} | invalidPath
          a dot and nothing               | {"op":"add","path":"emails[type eq \\"x\\"].","value":"x"} | invalidPath
          an unknown part after a bracket | {"op":"add","path":"emails[type eq \\"x\\"].foo","value":"x"} | invalidPath
          an endless string               | {"op":"add","path":"emails[type eq \\"x].value","value":"x"} | invalidPath
          a choice among one              | {"op":"add","path":"name[givenName pr]","value":"x"} | invalidPath
          a choice among simple values    | {"op":"remove","path":"schemas[value eq \\"x\\"]"} | invalidPath
          a choice inside of a part       | {"op":"add","path":"emails.type[value pr]","value":"x"} | invalidPath
          an unknown URN                  | {"op":"add","path":"urn:x:2.0:User:title","value":"x"} | invalidPath
          a URN left out                  | {"op":"add","path":"department","value":"x"} | invalidPath
          a path in a string              | {"op":"add","path":"\\"title\\"","value":"x"} | invalidPath
          an empty filter                 | {"op":"remove","path":"emails[]"} | invalidFilter
          half a filter                   | {"op":"remove","path":"emails[type eq]"} | invalidFilter
          an unknown operator             | {"op":"remove","path":"emails[type is \\"x\\"]"} | invalidFilter
          an unknown name in a filter     | {"op":"remove","path":"emails[foo eq \\"x\\"]"} | invalidFilter
          a filter in a filter            | {"op":"remove","path":"emails[type[value pr] pr]"} | invalidFilter
          a string for a boolean          | {"op":"remove","path":"emails[primary eq \\"True\\"]"} | invalidFilter
          an object for a string          | {"op":"remove","path":"emails[type eq {}]"} | invalidFilter
          an addition that no eq describes| {"op":"add","path":"emails[type sw \\"x\\"].value","value":"y"} | noTarget
          an addition to one of two       | {"op":"add","path":"emails[type eq \\"x\\" or type eq \\"y\\"].value","value":"y"} | noTarget
          a replacement in an empty list  | {"op":"replace","path":"addresses.type","value":"x"} | noTarget
          a missing value in brackets     | {"op":"replace","path":"emails[type eq \\"work\\"].value"} | invalidValue
          an unknown schema               | {"op":"add","path":"schemas","value":["urn:x"]} | invalidValue
          removal of the core schema      | {"op":"remove","path":"schemas","value":["urn:ietf:params:scim:schemas:core:2.0:User"]} | mutability
          removal of all schemas          | {"op":"remove","path":"schemas"} | mutability
          removal of the id               | {"op":"remove","path":"id"} | mutability
          a change of the meta data       | {"op":"replace","path":"meta.created","value":"2020-01-01T00:00:00Z"} | mutability
          a change of a derived name      | {"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName","value":"x"} | mutability
          a change of what an element keeps| {"op":"replace","path":"urn:example:params:scim:schemas:extension:shapes:2.0:User:visits[value eq \\"w\\"].serial","value":"8"} | mutability
          an extension that is no object  | {"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","value":"x"} | invalidValue
          a name that is no object        | {"op":"replace","path":"name","value":"x"} | invalidValue
          elements that are no objects    | {"op":"add","path":"emails","value":["x"]} | invalidValue
          """)
  void refuses(String what, String operation, String scimType) {
    assertThatThrownBy(() -> apply(operation))
        .isInstanceOfSatisfying(
            ScimException.class,
            it -> {
              assertThat(it.refusal().status()).isEqualTo(400);
              assertThat(it.refusal().scimType()).isEqualTo(scimType);
            });
  }

  @Test
  void appliesOperationsInTheirOrderAndAllOrNone() {
    String add =
        "{\"op\":\"add\",\"path\":\"emails[type eq \\\"other\\\"].value\",\"value\":\"o@x.com\"}";
    String change =
        "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"other\\\"].display\",\"value\":\"O\"}";
    String bad = "{\"op\":\"replace\",\"path\":\"nonsense\",\"value\":\"x\"}";

    assertThat(apply(add, change).at("/emails/2/display").asText()).isEqualTo("O");
    assertThatThrownBy(() -> apply(change, add)).isInstanceOf(ScimException.class);
    assertThatThrownBy(() -> apply(add, bad)).isInstanceOf(ScimException.class);
  }

  @Test
  void keepsAnUndefinedExtensionWhole() {
    ObjectNode after =
        Patch.apply(
            Schemas.STANDARD.opened().definition(ResourceType.USER),
            Json.stored(ADA),
            List.of(
                PatchOperation.read(
                    Json.stored(
                        "{\"op\":\"add\",\"value\":{\"urn:x:2.0:User\":{\"shoe\":{\"size\":44}}}}"))));

    assertThat(after.path("urn:x:2.0:User")).isEqualTo(Json.stored("{\"shoe\":{\"size\":44}}"));
  }

  private static ObjectNode apply(String... operations) {
    return Patch.apply(
        Shapes.USER,
        Json.stored(ADA),
        Stream.of(operations).map(Json::stored).map(PatchOperation::read).toList());
  }
}
