package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Catalogue.Extension;
import io.gatehouse.scim.Catalogue.Retired;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stays of a document after an extension was narrowed, and which changes narrow one. */
class ConformityTest {

  private static final String URN = "urn:example:HR";

  @Test
  void looksOnlyAtWhatIsRetired() {
    ObjectNode document = document("{\"anything\":1}");
    Catalogue catalogue = new Catalogue(List.of(extension("{\"name\":\"a\"}")), false);

    assertThat(catalogue.shown(ResourceType.USER, document)).isSameAs(document);
  }

  @Test
  void leavesADocumentAloneThatFits() {
    ObjectNode document = document("{\"a\":\"x\"}");

    Conformity conformity = Conformity.ofStored(retired("{\"name\":\"a\"}"), document);

    assertThat(conformity.document()).isSameAs(document);
    assertThat(conformity.isWhole()).isTrue();
  }

  @Test
  void dropsWhatHasAnotherTypeAndNamesIt() {
    Definition definition =
        retired("{\"name\":\"a\",\"type\":\"integer\"},{\"name\":\"b\",\"multiValued\":true}");

    Conformity cut = Conformity.ofStored(definition, document("{\"a\":\"x\",\"b\":\"y\",\"c\":1}"));

    assertThat(cut.dropped()).containsExactly(URN + ":a", URN + ":b", URN + ":c");
    assertThat(cut.document().has(URN)).isFalse();
    assertThat(cut.document().path("schemas").toString()).isEqualTo("[\"" + Schema.USER + "\"]");
    assertThat(cut.document().path("userName").asText()).isEqualTo("ada");
  }

  @Test
  void dropsElementsThatLackWhatIsRequiredNowButNotOfWhatAClientSent() {
    Definition definition =
        retired(
            """
            {"name":"a","type":"complex","multiValued":true,"subAttributes":[
              {"name":"v","required":true},{"name":"w"}]}
            """);
    ObjectNode document = document("{\"a\":[{\"v\":\"1\"},{\"w\":\"2\"}]}");

    assertThat(Conformity.ofStored(definition, document).document().at("/" + URN + "/a"))
        .isEqualTo(Json.stored("{\"a\":[{\"v\":\"1\"}]}").path("a"));
    assertThat(Conformity.ofSent(definition, document).isWhole()).isTrue();
  }

  @Test
  void dropsAContainerThatLacksWhatIsRequiredNow() {
    Definition definition = retired("{\"name\":\"a\"},{\"name\":\"b\",\"required\":true}");

    Conformity cut = Conformity.ofStored(definition, document("{\"a\":\"x\"}"));

    assertThat(cut.dropped()).containsExactly(URN);
    assertThat(cut.document().has(URN)).isFalse();
  }

  @Test
  void dropsADeletedExtensionInAnyCaseAndItsUrnAlone() {
    Definition definition =
        new Catalogue(List.of(), true, Set.of(new Retired(ResourceType.USER, "urn:example:hr")))
            .definition(ResourceType.USER);
    ObjectNode sent = document("{\"a\":\"x\"}");
    ObjectNode listed = document("{}");
    listed.remove(URN);

    assertThat(Conformity.ofSent(definition, sent).document().has(URN)).isFalse();
    assertThat(Conformity.ofSent(definition, listed).dropped()).containsExactly(URN);
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

    Narrowing widened = Narrowing.between(extension(before), extension(wider));
    Narrowing narrowed = Narrowing.between(extension(wider), extension(before));

    assertThat(widened.isEmpty()).isTrue();
    assertThat(narrowed.attributes()).containsExactly("a", "c", "d");
    assertThat(narrowed.required()).containsExactly("b");
    assertThat(narrowed.extent()).isEqualTo(Narrowing.Extent.PART);
  }

  private static Extension extension(String attributes) {
    ObjectNode json = Json.stored("{\"attributes\":[" + attributes + "]}").put("id", URN);
    return new Extension(ResourceType.USER, Schema.of(json), false);
  }

  private static Definition retired(String attributes) {
    return new Catalogue(
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
