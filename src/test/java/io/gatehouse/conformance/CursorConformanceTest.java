package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.encoded;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.keys;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.people;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.search;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section O: pages by cursor (RFC 9865). */
class CursorConformanceTest {

  private final ScimClient idp = Gateway.shared().connection("standard");

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"cursor&count=2", "cursor=&count=2"})
  void o01_opensAWalkWithAnEmptyCursor(String query) {
    people(idp, "a", "b", "c");
    Answer first = get(idp, "/Users?" + query);

    assertThat(names(first)).hasSize(2);
    assertThat(keys(first.json()))
        .containsExactlyInAnyOrder(
            "schemas", "totalResults", "itemsPerPage", "nextCursor", "Resources");
    assertThat(first.json().path("nextCursor").asText()).isNotEmpty();
  }

  @Test
  void o02_namesTheNextPageOnEveryPageButTheLast() {
    people(idp, "a", "b", "c", "d", "e");
    Answer first = get(idp, "/Users?cursor&count=2");
    Answer second = next(first, "count=2");
    Answer third = next(second, "count=2");

    assertThat(names(second)).hasSize(2);
    assertThat(second.json().has("nextCursor")).isTrue();
    assertThat(second.json().has("previousCursor")).isFalse();
    assertThat(names(third)).hasSize(1);
    assertThat(third.json().has("nextCursor")).isFalse();
    assertThat(Stream.of(first, second, third).flatMap(it -> names(it).stream()))
        .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
  }

  @Test
  void o02_namesNoNextPageWhenAllFitsOnOne() {
    people(idp, "a", "b");

    assertThat(get(idp, "/Users?cursor&count=2").json().has("nextCursor")).isFalse();
    assertThat(get(idp, "/Groups?cursor").json().has("nextCursor")).isFalse();
    assertThat(total(get(idp, "/Groups?cursor"))).isZero();
  }

  @Test
  void o03_makesCursorsOfUnreservedCharactersThatSayNothing() {
    people(idp, "a.secret", "b.secret");
    String cursor = get(idp, "/Users?cursor&count=1").json().path("nextCursor").asText();

    assertThat(cursor).matches("[A-Za-z0-9._~-]+").doesNotContain("secret", idp.tenant());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0, 5, -1})
  void o04_detectsAnEditedCursor(int at) {
    people(idp, "a", "b");
    String cursor = get(idp, "/Users?cursor&count=1").json().path("nextCursor").asText();
    int index = at < 0 ? cursor.length() / 2 : at;
    char other = cursor.charAt(index) == 'A' ? 'B' : 'A';
    String edited = cursor.substring(0, index) + other + cursor.substring(index + 1);

    scimError(get(idp, "/Users?count=1&cursor=" + edited), 400, "invalidCursor");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"x", "AAAA", "0", "%00", "%F0%9F%91%A9", "1%27%20or%201=1"})
  void o05_refusesUnknownCursors(String cursor) {
    scimError(get(idp, "/Users?cursor=" + cursor), 400, "invalidCursor");
  }

  @Test
  void o05_refusesAnotherCountInTheMiddleOfAWalk() {
    people(idp, "a", "b", "c");
    Answer first = get(idp, "/Users?cursor&count=1");

    scimError(next(first, "count=2"), 400, "invalidCount");
    assertThat(names(next(first, "count=1"))).hasSize(1);
    assertThat(names(next(first, "foo=bar"))).hasSize(1);
  }

  @Test
  void o05_clampsTheCountOfAWalk() {
    people(idp, "a", "b");

    assertThat(names(get(idp, "/Users?cursor&count=9999"))).hasSize(2);
    Answer none = get(idp, "/Users?cursor&count=-1");
    assertThat(names(none)).isEmpty();
    assertThat(total(none)).isEqualTo(2);
  }

  @Test
  void o06_refusesAnotherQueryInTheMiddleOfAWalk() {
    people(idp, "a", "b", "c");
    Answer first = get(idp, "/Users?cursor&count=1&sortBy=userName&filter=userName%20pr");
    String same = "count=1&sortBy=userName&filter=userName%20pr";

    scimError(next(first, same.replace("userName%20pr", "title%20pr")), 400, "invalidCursor");
    scimError(next(first, same.replace("sortBy=userName", "sortBy=id")), 400, "invalidCursor");
    scimError(next(first, same + "&sortOrder=descending"), 400, "invalidCursor");
    String cursor = first.json().path("nextCursor").asText();
    scimError(get(idp, "/Groups?count=1&cursor=" + cursor), 400, "invalidCursor");
    assertThat(names(next(first, same))).containsExactly("b");
  }

  @Test
  void o07_pagesByIndexUnlessACursorIsThereAndNeverByBoth() {
    people(idp, "a", "b");

    assertThat(get(idp, "/Users?count=1").json().has("nextCursor")).isFalse();
    assertThat(get(idp, "/Users?count=1").json().path("startIndex").asInt()).isEqualTo(1);
    scimError(get(idp, "/Users?cursor&startIndex=1"), 400, "invalidValue");
    String cursor = get(idp, "/Users?cursor&count=1").json().path("nextCursor").asText();
    scimError(get(idp, "/Users?startIndex=2&cursor=" + cursor), 400, "invalidValue");
  }

  @Test
  void o08_countsOnTheFirstPageOnly() {
    people(idp, "a", "b", "c");
    Answer first = get(idp, "/Users?cursor&count=1&filter=" + encoded("userName gt \"a\""));

    assertThat(total(first)).isEqualTo(2);
    Answer second = next(first, "count=1&filter=" + encoded("userName gt \"a\""));
    assertThat(names(second)).hasSize(1);
    assertThat(second.json().has("totalResults")).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"userName", "title", "emails", "meta.created", "name.familyName"})
  void o09_keepsTheOrderOverAllPages(String attribute) {
    for (int i = 0; i < 6; i++) {
      String title = i % 3 == 0 ? "null" : "'" + (9 - i) + "'";
      idp.create(userWith("user" + i, "{'title':" + title + "}"));
    }
    for (String order : List.of("ascending", "descending")) {
      String query = "sortBy=" + attribute + "&sortOrder=" + order;
      List<String> walked = new ArrayList<>();
      Answer page = get(idp, "/Users?cursor&count=2&" + query);
      walked.addAll(names(page));
      while (page.json().has("nextCursor") && walked.size() < 10) {
        page = next(page, "count=2&" + query);
        walked.addAll(names(page));
      }
      assertThat(walked).hasSize(6).isEqualTo(names(get(idp, "/Users?" + query)));
    }
  }

  @Test
  void o10_c20_describesItsPaging() {
    assertThat(get(idp, "/ServiceProviderConfig").json().path("pagination"))
        .isEqualTo(
            json(
                """
                {'cursor':true,'index':true,'defaultPaginationMethod':'index',
                 'defaultPageSize':100,'maxPageSize':200,'cursorTimeout':3600}"""));
  }

  @Test
  void o11_walksBySearchToo() {
    people(idp, "a", "b", "c");
    Answer first = search(idp, "/Users/.search", "{'cursor':'','count':2,'sortBy':'userName'}");
    String cursor = first.json().path("nextCursor").asText();
    Answer second =
        search(idp, "/Users/.search", "{'cursor':'" + cursor + "','count':2,'sortBy':'userName'}");

    assertThat(names(first)).containsExactly("a", "b");
    assertThat(total(first)).isEqualTo(3);
    assertThat(names(second)).containsExactly("c");
    assertThat(second.json().has("nextCursor")).isFalse();
  }

  @Test
  void o12_givesNothingForTheCursorOfAnotherClient() {
    people(idp, "a", "b");
    String cursor = get(idp, "/Users?cursor&count=1").json().path("nextCursor").asText();
    ScimClient stranger = Gateway.shared().connection("standard");
    ScimClient colleague = Gateway.shared().connection(idp.tenant(), "standard");
    String absent = get(stranger, "/Users?count=1&cursor=x").http().body();

    for (ScimClient other : List.of(stranger, colleague)) {
      Answer refused =
          scimError(get(other, "/Users?count=1&cursor=" + cursor), 400, "invalidCursor");
      assertThat(refused.http().body()).isEqualTo(absent);
    }
  }

  @Test
  void o13_neitherSkipsNorRepeatsWhatStaysDuringAWalk() {
    UUID first = idp.create(user("b1")).id();
    people(idp, "b2", "b3", "b4", "b5");
    Answer page = get(idp, "/Users?cursor&count=2&sortBy=userName");
    idp.delete(first);
    people(idp, "a1", "b35");
    List<String> walked = new ArrayList<>(names(page));
    while (page.json().has("nextCursor") && walked.size() < 10) {
      page = next(page, "count=2&sortBy=userName");
      walked.addAll(names(page));
    }

    assertThat(walked).containsExactly("b1", "b2", "b3", "b35", "b4", "b5");
  }

  private Answer next(Answer page, String query) {
    return get(idp, "/Users?" + query + "&cursor=" + page.json().path("nextCursor").asText());
  }
}
