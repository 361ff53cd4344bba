package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Schemas.Extension;
import io.gatehouse.scim.Schemas.Retired;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stays of a document after an extension was narrowed, and which changes narrow one. */
class ConformingValuesTest {

  private static final String URN = "urn:example:HR";

  @Test
  void looksOnlyAtWhatIsRetired() {
    ObjectNode document = document("{\"anything\":1}");
    Schemas schemas = new Schemas(List.of(extension("{\"name\":\"a\"}")), false);

    assertThat(schemas.shown(ResourceType.USER, document)).isSameAs(document);
  }

  @Test
  void leavesADocumentAloneThatFits() {
    ObjectNode document = document("{\"a\":\"x\"}");

    ConformingValues conformingValues =
        ConformingValues.ofStored(retired("{\"name\":\"a\"}"), document);

    assertThat(conformingValues.document()).isSameAs(document);
    assertThat(conformingValues.isWhole()).isTrue();
  }

  @Test
  void dropsWhatHasAnotherTypeAndNamesIt() {
    ResourceDefinition definition =
        retired("{\"name\":\"a\",\"type\":\"integer\"},{\"name\":\"b\",\"multiValued\":true}");

    ConformingValues cut =
        ConformingValues.ofStored(definition, document("{\"a\":\"x\",\"b\":\"y\",\"c\":1}"));

    assertThat(cut.dropped()).containsExactly(URN + ":a", URN + ":b", URN + ":c");
    assertThat(cut.document().has(URN)).isFalse();
    assertThat(cut.document().path("schemas").toString()).isEqualTo("[\"" + Schema.USER + "\"]");
    assertThat(cut.document().path("userName").asText()).isEqualTo("ada");
  }

  @Test
  void dropsElementsThatLackWhatIsRequiredNowButNotOfWhatAClientSent() {
    ResourceDefinition definition =
        retired(
            """
            {"name":"a","type":"complex","multiValued":true,"subAttributes":[
              {"name":"v","required":true},{"name":"w"}]}
            """);
    ObjectNode document = document("{\"a\":[{\"v\":\"1\"},{\"w\":\"2\"}]}");

    assertThat(ConformingValues.ofStored(definition, document).document().at("/" + URN + "/a"))
        .isEqualTo(Json.stored("{\"a\":[{\"v\":\"1\"}]}").path("a"));
    assertThat(ConformingValues.ofSent(definition, document).isWhole()).isTrue();
  }

  @Test
  void dropsAContainerThatLacksWhatIsRequiredNow() {
    ResourceDefinition definition = retired("{\"name\":\"a\"},{\"name\":\"b\",\"required\":true}");

    ConformingValues cut = ConformingValues.ofStored(definition, document("{\"a\":\"x\"}"));

    assertThat(cut.dropped()).containsExactly(URN);
    assertThat(cut.document().has(URN)).isFalse();
  }

  @Test
  void dropsADeletedExtensionInAnyCaseAndItsUrnAlone() {
    ResourceDefinition definition =
        new Schemas(List.of(), true, Set.of(new Retired(ResourceType.USER, "urn:example:hr")))
            .definition(ResourceType.USER);
    ObjectNode sent = document("{\"a\":\"x\"}");
    ObjectNode listed = document("{}");
    listed.remove(URN);

    assertThat(ConformingValues.ofSent(definition, sent).document().has(URN)).isFalse();
    assertThat(ConformingValues.ofSent(definition, listed).dropped()).containsExactly(URN);
    assertThat(definition.extension(URN)).isEmpty();
    assertThat(definition.extension("urn:example:other")).isPresent();
  }

  @Test
  void knowsWhichChangesNarrow() {
    String before =
        "{\"name\":\"a\",\"type\":\"integer\"},{\"name\":\"b\",\"required\":true},"
            + "{\"name\":\"c\",\"type\":\"dateTime\"}";
    String wider =
        "{\"name\":\"a\",\"type\":\"decimal\"},{\"name\":\"b\",\"mutability\":\"immutable\"},"
            + "{\"name\":\"c\"},{\"name\":\"d\"}";

    SchemaNarrowing widened = SchemaNarrowing.between(extension(before), extension(wider));
    SchemaNarrowing narrowed = SchemaNarrowing.between(extension(wider), extension(before));

    assertThat(widened.isEmpty()).isTrue();
    assertThat(narrowed.attributes()).containsExactly("a", "c", "d");
    assertThat(narrowed.required()).containsExactly("b");
    assertThat(narrowed.extent()).isEqualTo(SchemaNarrowing.Extent.PART);
  }

  private static Extension extension(String attributes) {
    ObjectNode json = Json.stored("{\"attributes\":[" + attributes + "]}").put("id", URN);
    return new Extension(ResourceType.USER, Schema.of(json), false);
  }

  private static ResourceDefinition retired(String attributes) {
    return new Schemas(
            List.of(extension(attributes)),
            false,
            Set.of(new Retired(ResourceType.USER, "urn:example:hr")))
        .definition(ResourceType.USER);
  }

  private static ObjectNode document(String container) {
    ObjectNode document = Json.object();
    document.putArray("schemas").add(Schema.USER).add(URN);
    document.put("userName", "ada");
    document.set(URN, Json.stored(container));
    return document;
  }
}
