package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Schemas.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions of extensions, RFC 7643 section 7. */
class SchemaReaderTest {

  private static final String URN = "urn:example:hr:2.0:User";

  @Test
  void givesEveryCharacteristicItsDefault() {
    Extension read = SchemaReader.read(URN, definition("{'name':'badge'}"));

    assertThat(read.type()).isEqualTo(ResourceType.USER);
    assertThat(read.required()).isFalse();
    assertThat(read.schema().json())
        .isEqualTo(
            json(
                """
                {'schemas':['urn:ietf:params:scim:schemas:core:2.0:Schema'],'id':'urn:example:hr:2.0:User',
                 'name':'urn:example:hr:2.0:User','description':'',
                 'attributes':[{'name':'badge','type':'string','multiValued':false,'description':'',
                   'required':false,'caseExact':false,'mutability':'readWrite','returned':'default',
                   'uniqueness':'none'}]}
                """));
  }

  @Test
  void publishesWhatItWasGiven() {
    String complete =
        """
        {'name':'desks','type':'complex','multiValued':true,'description':'Where they sit.','required':false,
         'mutability':'readWrite','returned':'request','subAttributes':[
          {'name':'value','type':'string','multiValued':false,'description':'The desk.','required':true,
           'caseExact':true,'canonicalValues':['A1'],'mutability':'immutable','returned':'always',
           'uniqueness':'none'},
          {'name':'$ref','type':'reference','multiValued':false,'description':'The plan.','required':false,
           'caseExact':true,'referenceTypes':['external'],'mutability':'readOnly','returned':'default',
           'uniqueness':'none'}]}
        """;
    ObjectNode body = definition(complete).put("id", URN).put("name", "HR").put("required", true);

    Extension read = SchemaReader.read(URN, body);

    assertThat(read.required()).isTrue();
    assertThat(read.schema().json().at("/attributes/0")).isEqualTo(json(complete));
    assertThat(read.schema().json().path("name").asText()).isEqualTo("HR");
    assertThat(read.schema().attribute("DESKS").orElseThrow().sub("$REF")).isPresent();
  }

  @Test
  void comparesReferencesAndBinariesExactly() {
    Extension read =
        SchemaReader.read(
            URN, definition("{'name':'a','type':'reference'}", "{'name':'b','type':'binary'}"));

    assertThat(read.schema().attribute("a").orElseThrow().caseExact()).isTrue();
    assertThat(read.schema().attribute("b").orElseThrow().caseExact()).isTrue();
    assertThat(read.schema().json().at("/attributes/0/referenceTypes/0").asText()).isEqualTo("uri");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hr",
        "http://example.com/hr",
        "urn:",
        "urn:example",
        "urn:example:",
        "urn:example:a b",
        "urn:example:a/b",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "URN:IETF:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:mine"
      })
  void refusesAUrnThatIsNoneOrNotOnesOwn(String urn) {
    assertThatThrownBy(() -> SchemaReader.read(urn, definition("{'name':'a'}")))
        .isInstanceOf(ScimException.class)
        .hasMessageContaining("needs a URN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'name':'1a'}                                       | impossible name
          {'name':'a.b'}                                      | impossible name
          {'name':'ü'}                                        | impossible name
          {'name':''}                                         | impossible name
          {'type':'string'}                                   | impossible name
          {'name':5}                                          | needs a string
          'text'                                              | no object
          {'name':'a'},{'name':'A'}                           | two attributes 'A'
          {'name':'a','type':'text'}                          | cannot have 'text'
          {'name':'a','type':'complex'}                       | array of 'subAttributes'
          {'name':'a','type':'complex','subAttributes':[]}    | array of 'subAttributes'
          {'name':'a','subAttributes':[{'name':'b'}]}         | not complex
          {'name':'a','type':'complex','subAttributes':[{'name':'b','type':'complex','subAttributes':[{'name':'c'}]}]} | complex inside
          {'name':'a','type':'complex','subAttributes':[{'name':'b'},{'name':'B'}]} | two attributes 'B'
          {'name':'a','type':'complex','uniqueness':'server','subAttributes':[{'name':'b'}]} | cannot have 'server'
          {'name':'a','mutability':'writeOnly'}               | cannot have 'writeOnly'
          {'name':'a','mutability':'readonly'}                | cannot have 'readonly'
          {'name':'a','returned':'never'}                     | cannot have 'never'
          {'name':'a','uniqueness':'server'}                  | cannot have 'server'
          {'name':'a','uniqueness':'global'}                  | cannot have 'global'
          {'name':'a','required':true,'mutability':'readOnly'}| cannot be required
          {'name':'a','required':'true'}                      | needs a boolean
          {'name':'a','multiValued':1}                        | needs a boolean
          {'name':'a','canonicalValues':'x'}                  | needs an array
          {'name':'a','canonicalValues':[1]}                  | needs strings
          {'name':'a','referenceTypes':['User']}              | is no reference
          {'name':'a','type':'reference','caseExact':false}   | must be caseExact
          {'name':'a','caseexact':true}                       | unknown member 'caseexact'
          """)
  void refusesWhatItCannotEnforce(String attributes, String why) {
    assertThatThrownBy(() -> SchemaReader.read(URN, definition(attributes)))
        .isInstanceOfSatisfying(
            ScimException.class, e -> assertThat(e.refusal().status()).isEqualTo(400))
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'resourceType':'User'}                                                    | array of 'attributes'
          {'resourceType':'User','attributes':[]}                                    | array of 'attributes'
          {'resourceType':'User','attributes':{'name':'a'}}                          | array of 'attributes'
          {'attributes':[{'name':'a'}]}                                              | 'resourceType'
          {'resourceType':'Device','attributes':[{'name':'a'}]}                      | 'resourceType'
          {'resourceType':'User','attributes':[{'name':'a'}],'id':'urn:example:b'}   | another 'id'
          {'resourceType':'User','attributes':[{'name':'a'}],'id':5}                 | needs a string
          {'resourceType':'User','attributes':[{'name':'a'}],'required':'yes'}       | needs a boolean
          {'resourceType':'User','attributes':[{'name':'a'}],'attribute':[]}         | unknown member
          """)
  void refusesADocumentThatIsNoDefinition(String body, String why) {
    assertThatThrownBy(() -> SchemaReader.read(URN, json(body)))
        .isInstanceOf(ScimException.class)
        .hasMessageContaining(why);
  }

  @Test
  void takesTwoHundredAttributesAndNoMore() {
    ObjectNode body = definition("{'name':'a0'}");
    ArrayNode attributes = (ArrayNode) body.path("attributes");
    for (int i = 1; i < 198; i++) {
      attributes.addObject().put("name", "a" + i);
    }
    attributes.add(json("{'name':'last','type':'complex','subAttributes':[{'name':'part'}]}"));

    assertThat(SchemaReader.read(URN, body).schema().attributes()).hasSize(199);
    attributes.addObject().put("name", "more");
    assertThatThrownBy(() -> SchemaReader.read(URN, body))
        .isInstanceOf(ScimException.class)
        .hasMessageContaining("more than 200");
  }

  private static ObjectNode definition(String... attributes) {
    return json("{'resourceType':'User','attributes':[" + String.join(",", attributes) + "]}");
  }

  private static ObjectNode json(String text) {
    return Json.stored(text.replace('\'', '"'));
  }
}
