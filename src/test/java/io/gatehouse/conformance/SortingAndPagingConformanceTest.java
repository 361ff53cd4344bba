package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.defineExtension;
import static io.gatehouse.conformance.Scim.extended;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.people;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections L and M: sorting, and pages by index. */
class SortingAndPagingConformanceTest {

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void l01_sortsUpwardUnlessToldOtherwise() {
    people(idp, "b", "a", "c");

    assertThat(names(get(idp, "/Users?sortBy=userName"))).containsExactly("a", "b", "c");
    assertThat(names(get(idp, "/Users?sortBy=userName&sortOrder=ascending")))
        .containsExactly("a", "b", "c");
    assertThat(names(get(idp, "/Users?sortBy=userName&sortOrder=descending")))
        .containsExactly("c", "b", "a");
  }

  @Test
  void l01_ignoresAnOrderOfNothingAndRefusesAnUnknownOne() {
    people(idp, "b", "a", "c");

    assertThat(get(idp, "/Users?sortOrder=descending").json()).isEqualTo(get(idp, "/Users").json());
    scimError(get(idp, "/Users?sortBy=userName&sortOrder=sideways"), 400, "invalidValue");
  }

  @Test
  void l02_sortsByTheCaseThatAnAttributeRespects() {
    idp.create(userWith("b", "{'externalId':'b','displayName':'zebra'}"));
    idp.create(userWith("A", "{'externalId':'C','displayName':'éclair'}"));
    idp.create(userWith("c", "{'externalId':'a','displayName':'Zulu'}"));

    assertThat(names(get(idp, "/Users?sortBy=userName"))).containsExactly("A", "b", "c");
    assertThat(names(get(idp, "/Users?sortBy=externalId"))).containsExactly("A", "c", "b");
    assertThat(names(get(idp, "/Users?sortBy=displayName"))).containsExactly("b", "c", "A");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"title", "name.givenName", "phoneNumbers", ENT + ":department"})
  void l03_sortsAbsentValuesLastUpwardAndFirstDownward(String attribute) {
    ObjectNode absent = json("{'userName':'none'}");
    absent.putArray("schemas").add(Schema.USER);
    idp.create(absent);
    idp.create(
        userWith(
            "some",
            "{'title':'x','phoneNumbers':[{'value':'1'}],'" + ENT + "':{'department':'D'}}"));

    assertThat(names(get(idp, "/Users?sortBy=" + attribute))).containsExactly("some", "none");
    assertThat(names(get(idp, "/Users?sortBy=" + attribute + "&sortOrder=descending")))
        .containsExactly("none", "some");
  }

  @Test
  void l04_sortsByThePrimaryValueAndElseByTheFirst() {
    idp.create(userWith("one", "{'emails':[{'value':'a'},{'value':'y','primary':true}]}"));
    idp.create(userWith("two", "{'emails':[{'value':'x'},{'value':'b'}]}"));

    assertThat(names(get(idp, "/Users?sortBy=emails"))).containsExactly("two", "one");
    assertThat(names(get(idp, "/Users?sortBy=emails.value"))).containsExactly("two", "one");
  }

  @Test
  void l05_sortsByPathsInTheOrderOfTheirType() {
    defineExtension(idp);
    idp.create(
        extended("ten", "{'level':10,'since':'2020-01-01T09:00:00+02:00'}")
            .<ObjectNode>setAll(json("{'name':{'givenName':'Zoe'}}")));
    idp.create(
        extended("nine", "{'level':9,'since':'2020-01-01T08:00:00Z'}")
            .<ObjectNode>setAll(json("{'name':{'givenName':'Ada'}}")));

    assertThat(names(get(idp, "/Users?sortBy=NAME.givenName"))).containsExactly("nine", "ten");
    assertThat(names(get(idp, "/Users?sortBy=" + EXT + ":level"))).containsExactly("nine", "ten");
    assertThat(names(get(idp, "/Users?sortBy=" + EXT + ":since"))).containsExactly("ten", "nine");
    assertThat(names(get(idp, "/Users?sortBy=meta.created"))).containsExactly("ten", "nine");
    assertThat(names(get(idp, "/Users?sortBy=" + Schema.USER + ":userName")))
        .containsExactly("nine", "ten");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"name", "meta", "addresses", "nonsense", "name.nonsense", "a..b"})
  void l05_refusesWhatCannotBeSortedBy(String attribute) {
    scimError(get(idp, "/Users?sortBy=" + attribute), 400, "invalidPath");
  }

  @Test
  void l06_staysStableOverPagesWhenValuesAreEqual() {
    for (int i = 0; i < 7; i++) {
      idp.create(userWith("user" + i, "{'title':'same'}"));
    }
    List<String> walked = new ArrayList<>();
    for (int start = 1; start <= 7; start += 2) {
      walked.addAll(names(get(idp, "/Users?sortBy=title&count=2&startIndex=" + start)));
    }

    assertThat(walked).hasSize(7).doesNotHaveDuplicates();
    assertThat(names(get(idp, "/Users?sortBy=title"))).isEqualTo(walked);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"0", "-1", "-2147483648"})
  void m01_startsAtOne(String start) {
    people(idp, "a", "b");
    Answer list = get(idp, "/Users?sortBy=userName&startIndex=" + start);

    assertThat(list.json().path("startIndex").asInt()).isEqualTo(1);
    assertThat(names(list)).containsExactly("a", "b");
    assertThat(names(get(idp, "/Users?sortBy=userName&startIndex=2"))).containsExactly("b");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"0", "-1", "-2147483648"})
  void m02_countsWithoutShowing(String count) {
    people(idp, "a", "b");
    Answer list = get(idp, "/Users?count=" + count);

    assertThat(total(list)).isEqualTo(2);
    assertThat(list.json().path("itemsPerPage").intValue()).isZero();
    assertThat(list.json().get("Resources")).isEqualTo(Json.array());
  }

  @Test
  void j04_m03_m07_showsAHundredUnlessAskedAndNeverMoreThanTwoHundred() {
    for (int i = 0; i < 205; i++) {
      idp.create(user("user" + i + "@example.com"));
    }

    for (var asked :
        Map.of("", 100, "?count=3", 3, "?count=100", 100, "?count=9999", 200).entrySet()) {
      Answer list = get(idp, "/Users" + asked.getKey());
      assertThat(names(list)).as(asked.getKey()).hasSize(asked.getValue());
      assertThat(list.json().path("itemsPerPage").asInt()).isEqualTo(asked.getValue());
      assertThat(total(list)).isEqualTo(205);
    }
  }

  @Test
  void m04_showsAnEmptyPageBeyondTheEnd() {
    people(idp, "a", "b");
    Answer list = get(idp, "/Users?startIndex=99");

    assertThat(total(list)).isEqualTo(2);
    assertThat(list.json().get("Resources")).isEqualTo(Json.array());
    assertThat(list.json().path("startIndex").asInt()).isEqualTo(99);
    assertThat(list.json().path("itemsPerPage").intValue()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"x", "1.5", "0x1", ""})
  void m05_refusesNumbersThatAreNone(String number) {
    scimError(get(idp, "/Users?startIndex=" + number), 400, "invalidValue");
    scimError(get(idp, "/Users?count=" + number), 400, "invalidValue");
    scimError(get(idp, "/Groups?count=" + number), 400, "invalidValue");
  }

  @Test
  void m06_visitsEachResourceOnceInADefaultOrder() {
    people(idp, "a", "b", "c", "d", "e");
    List<String> walked = new ArrayList<>();
    for (int start = 1; start <= 5; start += 2) {
      Answer page = get(idp, "/Users?count=2&startIndex=" + start);
      assertThat(total(page)).isEqualTo(5);
      assertThat(page.json().path("startIndex").asInt()).isEqualTo(start);
      walked.addAll(names(page));
    }

    assertThat(walked).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
  }

  @Test
  void m06_pagesGroupsToo() {
    for (String name : List.of("c", "a", "b")) {
      createGroup(idp, name);
    }

    assertThat(names(get(idp, "/Groups?sortBy=displayName&count=2"))).containsExactly("a", "b");
    assertThat(names(get(idp, "/Groups?sortBy=displayName&count=2&startIndex=3")))
        .containsExactly("c");
  }
}
