package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.defineExtension;
import static io.gatehouse.conformance.Scim.encoded;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.search;
import static io.gatehouse.conformance.Scim.total;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section K: filters, on a cast that never changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterConformanceTest {

  private static final String USER = Schema.USER;

  private final ScimClient idp = Gateway.shared().connection("standard");
  private UUID barbara;
  private UUID admins;

  /** Three people whose values differ just enough. */
  @BeforeAll
  void castOfThree() {
    defineExtension(idp);
    barbara =
        created(
            """
            {'userName':'BJensen','externalId':'Ext-1','displayName':'ÉCOLE','title':'Tour Guide',
             'userType':'Employee','active':true,
             'name':{'givenName':'Barbara','familyName':"O'Malley"},
             'emails':[{'value':'bjensen@example.com','type':'work','primary':true},
                       {'value':'babs@home.org','type':'home'}],
             'ims':[{'value':'babs','type':'xmpp'}],
             'ENT':{'employeeNumber':'701984','manager':{'value':'26118915'}},
             'EXT':{'level':9,'code':'Abc','remote':true,'badge':'YQ==',
                    'since':'2011-05-13T04:42:34+02:00','assets':[{'value':'Key','weight':10}]}}
            """);
    created(
        """
        {'userName':'jsmith','displayName':'50%_off\\\\*','userType':'Intern','active':false,
         'emails':[{'value':'jsmith@other.net','type':'work'},
                   {'value':'jsmith@example.com','type':'home'}],
         'EXT':{'level':10,'code':'abd','since':'2011-05-13T02:42:34.500Z'}}
        """);
    created("{'userName':'zoe','displayName':'Zoë \\\\ \"Q\" 🧑','title':'','active':true}");
    admins = createGroup(idp, "Admins", barbara).id();
    createGroup(idp, "Empty");
  }

  private UUID created(String person) {
    ObjectNode it =
        json(person.replace("'ENT'", "'" + ENT + "'").replace("'EXT'", "'" + EXT + "'"));
    it.putArray("schemas").add(USER).add(EXT);
    Answer answer = idp.create(it);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    return answer.id();
  }

  /** Who is expected is written as initials: b, j and z. */
  private void finds(String filter, String initials) {
    Answer answer = find(idp, "/Users", filter);
    assertThat(answer.status()).as(filter + ": " + answer.http().body()).isEqualTo(200);
    assertThat(
            names(answer).stream()
                .map(it -> it.substring(0, 1).toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining()))
        .as(filter)
        .isEqualTo(initials == null ? "" : initials);
    assertThat(total(answer)).isEqualTo(answer.json().path("Resources").size());
  }

  private Answer refuses(String filter) {
    return scimError(find(idp, "/Users", filter), 400, "invalidFilter");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "userName eq \"zoe\" | z",
        "userName ne \"zoe\" | bj",
        "userName co \"en\" | b",
        "userName sw \"j\" | j",
        "userName ew \"th\" | j",
        "title pr | b",
        "level gt 9 | j",
        "level ge 9 | bj",
        "level lt 10 | b",
        "level le 10 | bj",
        "active eq true and userType pr | b",
        "userName eq \"zoe\" or userName eq \"jsmith\" | jz",
        "not (userName eq \"zoe\") | bj",
        "(userName eq \"zoe\") | z",
        "emails[type eq \"work\"] | bj"
      })
  void k01_knowsEveryOperator(String filter, String initials) {
    finds(filter, initials);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "USERNAME Eq \"zoe\" | z",
        "username EQ \"BJENSEN\" AND Title PR | b",
        "NOT (userName eq \"zoe\") | bj",
        "userName eq \"zoe\" Or Emails[TYPE eQ \"work\" aNd VALUE Co \"other\"] | jz"
      })
  void k02_readsOperatorsAndNamesInAnyCase(String filter, String initials) {
    finds(filter, initials);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "title pr or userType eq \"Intern\" and active eq true | b",
        "(title pr or userType eq \"Intern\") and active eq false | j",
        "active eq false and title pr or userName eq \"zoe\" | z",
        "active eq false and (title pr or userName eq \"zoe\") | ",
        "not (title pr) and active eq true | z",
        "not (title pr and active eq true) | jz",
        "not (title pr) or active eq true | bjz"
      })
  void k03_bindsNotTighterThanAndTighterThanOr(String filter, String initials) {
    finds(filter, initials);
  }

  @Test
  void k04_readsNotWithAndWithoutASpaceButNotWithoutParentheses() {
    finds("not (title pr)", "jz");
    finds("not(title pr)", "jz");
    refuses("not title pr");
    refuses("not");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "userName eq \"BJENSEN\" | b",
        "userName sw \"BJ\" and userName ew \"SEN\" and userName co \"JENS\" | b",
        "userName ne \"bjensen\" | jz",
        "displayName eq \"école\" | b",
        "displayName co \"ÉC\" and displayName sw \"éC\" | b",
        "externalId eq \"Ext-1\" | b",
        "externalId eq \"ext-1\" | ",
        "externalId sw \"ext\" or externalId co \"XT\" | ",
        "code eq \"Abc\" | b",
        "code eq \"abc\" | ",
        "code sw \"ab\" | j"
      })
  void k05_comparesStringsAsTheirAttributeSays(String filter, String initials) {
    finds(filter, initials);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name pr | b",
        "emails pr | bj",
        "emails[type pr] | bj",
        "emails[primary pr] | b",
        "title pr | b",
        "nickName pr | ",
        "groups pr | b",
        "id pr | bjz"
      })
  void k06_findsWhatIsPresent(String filter, String initials) {
    finds(filter, initials);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "userName gt \"bjensen\" | jz",
        "userName lt \"JSMITH\" | b",
        "userName ge \"JSMITH\" and userName le \"jsmith\" | j",
        "code lt \"abc\" | b",
        "level lt 10 | b",
        "level gt 9 | j",
        "since eq \"2011-05-13T02:42:34Z\" | b",
        "since gt \"2011-05-13T02:42:34Z\" | j",
        "since le \"2011-05-13T04:42:34.0+02:00\" | b",
        "since ge \"2011-05-13T04:42:34+02:00\" | bj",
        "meta.lastModified ge \"2011-05-13T04:42:34+02:00\" | bjz",
        "meta.created lt \"2011-05-13T04:42:34Z\" | "
      })
  void k07_comparesInTheOrderOfTheType(String filter, String initials) {
    finds(filter, initials);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "active gt true",
        "active le false",
        "remote ge true",
        "badge gt \"YQ==\"",
        "emails[primary lt true]",
        "active co \"r\"",
        "active sw true",
        "active ew \"e\"",
        "active eq \"true\"",
        "active eq 1",
        "level co \"1\"",
        "level eq \"9\"",
        "level gt \"9\"",
        "userName eq 7",
        "userName eq true",
        "since gt \"yesterday\"",
        "since co \"2011\"",
        "badge sw \"Y\"",
        "meta.created gt 2011"
      })
  void k08_refusesWhatATypeCannotDo(String filter) {
    refuses(filter);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "active eq true | bz",
        "active eq false | j",
        "active ne true | j",
        "remote eq true | b",
        "emails[primary eq false] | bj",
        "emails.primary eq true | b"
      })
  void k09_filtersBooleans(String filter, String initials) {
    finds(filter, initials);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "title eq null | jz",
        "title ne null | b",
        "emails eq null | z",
        "level ne null | bj",
        "name.givenName eq null | jz"
      })
  void k10_takesNullForAbsent(String filter, String initials) {
    finds(filter, initials);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "title ne \"Tour Guide\" | jz",
        "title ne \"x\" | bjz",
        "level ne 9 | jz",
        "emails.type ne \"work\" | bj",
        "emails.value ne \"bjensen@example.com\" | bj",
        "ims.value ne \"babs\" | ",
        "not (emails.type eq \"work\") | z"
      })
  void k11_negatesEqualityOfOneValueAndLooksForAnotherAmongMany(String filter, String initials) {
    finds(filter, initials);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "emails.value co \"other\" | j",
        "emails.value eq \"BABS@home.org\" | b",
        "emails co \"example.com\" | bj",
        "emails eq \"babs@home.org\" | b",
        "ims sw \"bab\" | b",
        "assets.weight ge 10 | b",
        "assets eq \"Key\" | b",
        "assets eq \"key\" | "
      })
  void k12_k13_looksAtEveryValueAndTakesABareNameForIt(String filter, String initials) {
    finds(filter, initials);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "emails[type eq \"work\" and value co \"@example.com\"] | b",
        "emails.type eq \"work\" and emails.value co \"@example.com\" | bj",
        "emails[type eq \"home\" and value co \"@example.com\"] | j",
        "emails[type eq \"home\" and primary eq true] | "
      })
  void k14_looksForOneElementThatMatchesWholly(String filter, String initials) {
    finds(filter, initials);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "emails[not (type eq \"work\") and (value ew \".org\" or value ew \".com\")] | bj",
        "emails[not (type eq \"work\")] and active eq true | b",
        "emails[value co \"other\"] or ims[type eq \"xmpp\"] | bj",
        "emails[value co \"other\"] and ims[type eq \"xmpp\"] | ",
        "emails[type eq \"work\"].value eq \"jsmith@other.net\" | j",
        "emails[type eq \"home\"].value eq \"jsmith@other.net\" | "
      })
  void k15_combinesValuePaths(String filter, String initials) {
    finds(filter, initials);
  }

  @Test
  void k15_nestsNoValuePathInAnother() {
    refuses("emails[ims[type eq \"work\"]]");
    refuses("emails[type[value eq \"work\"]]");
    refuses("userName[value eq \"x\"]");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name.familyName co \"O'Malley\" | b",
        "NAME.FAMILYNAME sw \"o'\" | b",
        "meta.resourceType eq \"User\" | bjz",
        "meta.resourceType eq \"Group\" | ",
        "groups.display eq \"admins\" | b",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"26118915\" | b"
      })
  void k16_reachesIntoComplexAttributes(String filter, String initials) {
    finds(filter, initials);
  }

  @Test
  void k16_findsGroupsByMemberAndUsersByGroup() {
    finds("groups.value eq \"" + admins + "\"", "b");
    finds("groups[value eq \"" + admins + "\"]", "b");
    for (String filter :
        List.of(
            "members.value eq \"" + barbara + "\"",
            "members[value eq \"" + barbara + "\"]",
            "members eq \"" + barbara + "\"",
            "members[value eq \"" + barbara + "\" and type eq \"User\"]",
            "displayName eq \"ADMINS\" and members.type eq \"User\"")) {
      assertThat(names(find(idp, "/Groups", filter))).as(filter).containsExactly("Admins");
    }
    scimError(find(idp, "/Groups", "members.display eq \"x\""), 400, "invalidFilter");
    refuses("groups.type eq \"direct\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\" | j",
        "URN:IETF:params:scim:schemas:core:2.0:user:USERNAME sw \"J\" | j",
        "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName pr | b",
        "urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq \"home\"] | bj",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq \"701984\" | b",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName pr | ",
        "urn:example:params:scim:schemas:extension:trial:2.0:User:level eq 9 | b",
        "employeeNumber eq \"701984\" | b",
        "manager.value eq \"26118915\" | b"
      })
  void k17_readsNamesWithAndWithoutTheirUrn(String filter, String initials) {
    finds(filter, initials);
  }

  @Test
  void k18_selectsByExtension() {
    finds("schemas eq \"" + ENT + "\"", "b");
    finds("schemas eq \"" + USER + "\"", "bjz");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "displayName co \"\\\"Q\\\"\"",
        "displayName co \" \\\\ \"",
        "displayName sw \"Zo\\u00eb\"",
        "displayName ew \"\\ud83e\\uddd1\"",
        "displayName ew \"🧑\"",
        "displayName sw \"\\u005A\""
      })
  void k19_readsJsonStrings(String filter) {
    finds(filter, "z");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "userName eq 'zoe'",
        "userName eq zoe",
        "active eq True",
        "title eq NULL",
        "userName eq \"\\x41\"",
        "userName eq \"a\tb\"",
        "level eq 09",
        "level eq +9",
        "level eq .9"
      })
  void k20_takesStrictJsonValuesOnly(String filter) {
    refuses(filter);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        " ",
        "userName",
        "userName eq",
        "eq \"x\"",
        "((",
        "()",
        "(userName pr",
        "userName pr)",
        "userName eq \"x\" and",
        "and userName pr",
        "userName eq \"x\" garbage",
        "userName eq \"x\" userName pr",
        "userName eq \"x",
        "userName pr \"x\"",
        "emails[type eq \"work\"",
        "emails[]",
        "emails]type pr[",
        "emails[type eq \"work\"]value pr",
        "user Name eq \"x\"",
        "userName..x eq \"x\"",
        ".userName pr",
        "userName. pr",
        "userName eq \"x\" && title pr"
      })
  void k21_refusesBrokenSyntax(String filter) {
    refuses(filter);
  }

  @Test
  void k22_namesTheOperatorThatItDoesNotKnow() {
    assertThat(refuses("userName regex \"x\"").json().path("detail").asText()).contains("regex");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "nonsense eq \"x\"",
        "name.nonsense eq \"x\"",
        "userName.value eq \"x\"",
        "emails[nonsense eq \"x\"]",
        "urn:example:nothing:userName eq \"x\"",
        "members.value eq \"x\"",
        "userName pr or nonsense pr"
      })
  void k23_refusesAttributesThatUsersDoNotHave(String filter) {
    refuses(filter);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "displayName co \"%_\" | j",
        "displayName co \"0__off\" | ",
        "displayName co \"5%f\" | ",
        "displayName sw \"%\" | ",
        "displayName ew \"*\" | j",
        "displayName ew \"\\\\*\" | j",
        "displayName co \"_\" | j",
        "userName sw \"*\" | ",
        "userName eq \"zoe' or '1'='1\" | ",
        "userName eq \"zoe'; drop table person; --\" | ",
        "userName co \"$ne\" | ",
        "name.familyName eq \"O'Malley\" | b"
      })
  void k24_takesEveryCharacterOfAValueLiterally(String filter, String initials) {
    finds(filter, initials);
  }

  @Test
  void k25_declinesInsteadOfShowingEverybody() {
    for (String filter : List.of("name eq \"x\"", "name co \"x\"", "emails[type]", "meta eq 1")) {
      refuses(filter);
    }
  }

  @Test
  void k27_boundsTheLengthTheDepthAndTheCost() {
    String thousand = "title pr" + " or title pr".repeat(1_000);
    String deep = "(".repeat(500) + "title pr" + ")".repeat(500);
    String wide = "title pr" + " or title pr".repeat(50);
    String dear = "title pr" + " or title pr".repeat(49);
    String fair = "(".repeat(15) + "title pr" + ")".repeat(15);

    scimError(search(idp, "/Users/.search", "{'filter':'" + thousand + "'}"), 400, "invalidFilter");
    refuses(deep);
    scimError(search(idp, "/Users/.search", "{'filter':'" + wide + "'}"), 400, "tooMany");
    finds(dear, "b");
    finds(fair, "b");
  }

  @Test
  void k28_combinesFilterSortAndPage() {
    Answer page =
        get(
            idp,
            "/Users?sortBy=userName&sortOrder=descending&count=1&startIndex=2&filter="
                + encoded("active eq true"));

    assertThat(names(page)).containsExactly("BJensen");
    assertThat(total(page)).isEqualTo(2);
    assertThat(page.json().path("itemsPerPage").asInt()).isEqualTo(1);
    assertThat(page.json().path("startIndex").asInt()).isEqualTo(2);
  }

  /** The gateway runs in this process, so it sees the locale of a machine in Turkey. */
  @Test
  void k29_readsFiltersAlikeInTurkey() {
    Locale home = Locale.getDefault();
    Locale.setDefault(new Locale("tr", "TR"));
    try {
      finds("TITLE PR AND USERNAME EQ \"BJENSEN\"", "b");
      finds("title eq \"TOUR GUIDE\"", "b");
      finds("IMS[TYPE EQ \"XMPP\"]", "b");
      finds("ID pr and ACTIVE eq false", "j");
      assertThat(names(get(idp, "/Users?sortBy=DISPLAYNAME&attributes=TITLE&filter=TITLE%20PR")))
          .hasSize(1);
    } finally {
      Locale.setDefault(home);
    }
  }
}
