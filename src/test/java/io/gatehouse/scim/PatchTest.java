package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PATCH, rule by rule; the numbers are those of RFC 7644 section 3.5.2 and its subsections. */
class PatchTest {

  private static final String ADA =
      """
      {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada","active":true,
       "name":{"givenName":"Ada","familyName":"Lovelace"},
       "emails":[{"value":"w@x.com","type":"work","primary":true},{"value":"h@x.com","type":"home"}]}
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

  private static ObjectNode apply(String... operations) {
    return Patch.apply(
        ResourceType.USER,
        Json.stored(ADA),
        Stream.of(operations).map(Json::stored).map(PatchOperation::read).toList());
  }
}
