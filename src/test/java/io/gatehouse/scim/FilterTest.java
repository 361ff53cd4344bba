package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters, rule by rule, of RFC 7644 section 3.4.2.2. */
class FilterTest {

  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          any case             | USERNAME Eq "bjensen" AND Title PR                      | true
          any case             | NOT (userName EQ "bjensen")                             | false
          precedence           | title pr or userName eq "x" and active eq false         | true
          precedence           | (title pr or userName eq "x") and active eq false       | false
          precedence           | not (active eq true) and title pr                       | false
          precedence           | active eq false and title pr or userName pr             | true
          not without a space  | not(active eq false)                                    | true
          not within           | title pr and not (not (active eq true))                 | true
          spaces               |   (  title   pr  )  and   active  eq  true              | true
          case counts not      | userName eq "BJENSEN"                                   | true
          case counts not      | userName co "JEN"                                       | true
          case counts not      | userName sw "BJ"                                        | true
          case counts not      | userName ew "SEN"                                       | true
          case counts not      | userName ne "BJENSEN"                                   | false
          case counts          | externalId eq "ext-1"                                   | false
          case counts          | externalId eq "Ext-1"                                   | true
          case counts          | externalId sw "ext"                                     | false
          case counts          | id eq "id-7"                                            | false
          case counts          | id eq "Id-7"                                            | true
          case counts          | code eq "abc"                                           | false
          case counts          | code co "bC"                                            | true
          case counts          | label eq "ABC"                                          | true
          other alphabets      | displayName eq "ÉCOLE"                                  | true
          decomposed           | displayName eq "e\\u0301cole"                           | true
          present              | name pr                                                 | true
          present              | emails pr                                               | true
          present              | emails.type pr                                          | true
          present              | emails.display pr                                       | false
          present              | emails[type pr]                                         | true
          absent               | nickname pr and addresses pr                            | false
          empty is absent      | userType pr                                             | false
          empty is a value     | userType eq ""                                          | true
          numbers              | level gt 9                                              | false
          numbers              | level ge 9                                              | true
          numbers              | level lt 10                                             | true
          numbers              | level eq 9                                              | true
          numbers              | ratio eq 1.5                                            | true
          numbers              | ratio eq 15e-1                                          | true
          numbers              | ratio gt -1                                             | true
          numbers              | levels gt 10                                            | true
          numbers              | levels lt 3                                             | false
          moments              | meta.lastModified ge "2011-05-13T04:42:34Z"             | true
          moments              | meta.lastModified gt "2011-05-13T04:42:34.000Z"         | false
          moments              | meta.lastModified ge "2011-05-13T06:42:34+02:00"        | true
          moments              | meta.lastModified ge "2011-05-13T04:42:34-02:00"        | false
          moments              | since eq "2011-05-13T02:42:34.500Z"                     | true
          moments              | since eq "2011-05-13T02:42:34.5"                        | true
          moments              | since lt "2011-05-13T02:42:34.500001Z"                  | true
          strings in order     | userName gt "BJENSE"                                    | true
          strings in order     | userName lt "bjensen"                                   | false
          strings in order     | userName le "bjensen"                                   | true
          strings in order     | code lt "a"                                             | true
          by code point        | timezone gt "\\uffee"                                   | true
          booleans             | active eq true                                          | true
          booleans             | active eq false                                         | false
          booleans             | active ne false                                         | true
          booleans             | remote eq false                                         | true
          null                 | profileUrl eq null                                      | true
          null                 | profileUrl ne null                                      | false
          null                 | title eq null                                           | false
          null                 | title ne null                                           | true
          null                 | emails eq null                                          | false
          null                 | addresses eq null                                       | true
          null                 | emails.display eq null                                  | true
          null                 | emails[display eq null]                                 | true
          not equal            | locale ne "x"                                           | true
          not equal            | not (locale eq "x")                                     | true
          not equal            | locale gt "a"                                           | false
          not equal            | emails.type ne "work"                                   | true
          not equal            | ims.type ne "xmpp"                                      | false
          not equal            | emails.display ne "x"                                   | true
          not equal            | addresses.type ne "work"                                | false
          any value            | emails.value co "home"                                  | true
          any value            | tags eq "BLUE"                                          | true
          any value            | tags ne "red"                                           | true
          any value            | codes eq "xy"                                           | false
          any value            | codes eq "Xy"                                           | true
          any value            | tags[value sw "b"]                                      | true
          any value            | desk.keys eq "K2"                                       | true
          a bare name          | emails co "example.com"                                 | true
          a bare name          | manager eq "M-1"                                        | true
          a bare name          | photos eq "https://x/y"                                 | false
          a bare name          | visits eq "v"                                           | true
          the same element     | emails[type eq "work" and value co "@home"]             | false
          the same element     | emails.type eq "work" and emails.value co "@home"       | true
          the same element     | emails[type eq "HOME" and value co "@home"]             | true
          inside of brackets   | emails[type eq "x" or not (value co "home")]            | true
          inside of brackets   | emails[(type eq "work") and (value pr)]                 | true
          two value paths      | emails[type eq "x"] or ims[type eq "xmpp" and value co "ab"] | true
          a value path goes on | emails[type eq "work"].value eq "B@WORK.example"        | true
          a value path goes on | emails[type eq "home"].value eq "b@work.example"        | false
          a value path goes on | emails[type eq "home"].primary eq true and title pr     | true
          a value path goes on | emails[type eq "home"].display pr                       | false
          primary              | emails[primary eq true].type eq "home"                  | true
          primary              | emails[primary eq false].type eq "work"                 | true
          primary              | emails[primary ne true and type eq "work"]              | true
          primary              | ims.primary eq false                                    | true
          sub-attributes       | name.familyName co "o'malley"                           | true
          sub-attributes       | meta.resourceType eq "User"                             | true
          sub-attributes       | meta.resourceType eq "user"                             | false
          sub-attributes       | meta.version eq "W/\\"3\\""                             | true
          sub-attributes       | groups.value eq "x"                                     | false
          sub-attributes       | desk.floor ge 4                                         | true
          URNs                 | urn:ietf:params:scim:schemas:core:2.0:User:userName sw "B" | true
          URNs                 | URN:ietf:params:scim:schemas:core:2.0:user:NAME.familyname ew "y" | true
          URNs                 | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "701" | true
          URNs                 | URN:IETF:PARAMS:SCIM:SCHEMAS:EXTENSION:ENTERPRISE:2.0:USER:manager.value eq "M-1" | true
          URNs                 | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName pr | true
          left out             | employeeNumber eq "701"                                 | true
          left out             | manager.displayName eq "max"                            | true
          schemas              | schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User" | true
          schemas              | schemas eq "urn:x"                                      | false
          literal strings      | userName eq "\\u0062jensen"                             | true
          literal strings      | name.familyName eq "O\\u0027Malley"                     | true
          literal strings      | nickName ew "\\\\*"                                     | true
          literal strings      | timezone sw "\\ud83d\\ude00"                            | true
          literal strings      | timezone sw "😀"                                        | true
          no wildcards         | nickName co "%"                                         | true
          no wildcards         | title co "%"                                            | false
          no wildcards         | title co "_"                                            | false
          no wildcards         | title sw "*"                                            | false
          nothing is injected  | title eq "x' or '1'='1"                                 | false
          nothing is injected  | title eq "\\"; drop table person; --"                   | false
          nothing is injected  | title eq "$ne"                                          | false
          references           | page eq "/users/1"                                      | false
          binary               | photo eq "QUJD"                                         | true
          """)
  void matches(String rule, String filter, boolean expected) {
    assertThat(FilterCondition.parse(Shapes.USER, filter).matches(Shapes.babs()))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~                              | The filter is malformed at character 1: an attribute is expected at its end.
          userName                        | The filter is malformed at character 9: an operator is expected at its end.
          userName eq                     | The filter is malformed at character 12: a value is expected at its end.
          eq "x"                          | 'eq' is no attribute here.
          ((                              | The filter is malformed at character 3: an attribute is expected at its end.
          (title pr                       | The filter is malformed at character 10: ')' is expected at its end.
          title pr)                       | The filter is malformed at character 9: 'and' or 'or' is expected.
          title eq "x" and                | The filter is malformed at character 14: 'and' or 'or' is expected.
          title eq "x" garbage            | The filter is malformed at character 14: 'and' or 'or' is expected.
          title eq "x                     | The filter is malformed at character 12: the string has no end.
          title eq "x\\"                  | The filter is malformed at character 14: the string has no end.
          title eq {}                     | '{}' is no value; strings stand in double quotes.
          title eq 'x'                    | ''x'' is no value; strings stand in double quotes.
          title eq x                      | 'x' is no value; strings stand in double quotes.
          active eq True                  | 'True' is no value; strings stand in double quotes.
          level eq 01                     | '01' is no value; strings stand in double quotes.
          level eq +1                     | '+1' is no value; strings stand in double quotes.
          level eq 1.                     | '1.' is no value; strings stand in double quotes.
          ratio eq 1e9999                 | The number '1e9999' is out of range.
          title eq "\\x"                  | The filter is malformed at character 14: the string is not one of JSON.
          title eq "\\u12"                | The filter is malformed at character 16: the string is not one of JSON.
          title eq "\\ud800"              | The filter is malformed at character 18: the string is not one of JSON.
          title eq "\\u0000"              | The filter is malformed at character 18: the string is not one of JSON.
          userName regex "x"              | 'regex' is no operator.
          userName equal "x"              | 'equal' is no operator.
          not title pr                    | The filter is malformed at character 5: '(' is expected.
          not active eq true              | The filter is malformed at character 5: '(' is expected.
          nonsense eq "x"                 | 'nonsense' is no attribute here.
          name.nonsense eq "x"            | 'name.nonsense' is no attribute here.
          emails.value.x eq "x"           | 'emails.value.x' is no attribute here.
          .title pr                       | '.title' is no attribute here.
          title. pr                       | 'title.' is no attribute here.
          urn:x:y:title pr                | 'urn:x:y:title' is no attribute here.
          emails[nonsense eq "x"]         | 'nonsense' is no attribute here.
          emails[type eq "work"           | The filter is malformed at character 22: ']' is expected at its end.
          emails[type eq "work"]foo       | The filter is malformed at character 23: 'and' or 'or' is expected.
          emails[type eq "work"] .value pr| The filter is malformed at character 24: 'and' or 'or' is expected.
          emails[emails[type pr]]         | 'emails' is no attribute here.
          emails[type[value pr]]          | 'type' takes no filter in brackets.
          name[familyName pr]             | 'name' takes no filter in brackets.
          title[value pr]                 | 'title' takes no filter in brackets.
          emails[]                        | The filter is malformed at character 8: an attribute is expected.
          tags[other pr]                  | 'other' is no attribute here.
          name eq "x"                     | 'name' has no 'value'; compare one of its sub-attributes.
          addresses co "x"                | 'addresses' has no 'value'; compare one of its sub-attributes.
          active gt true                  | 'active' cannot be compared by 'gt'.
          active co true                  | 'active' cannot be compared by 'co'.
          emails[primary le true]         | 'primary' cannot be compared by 'le'.
          photo gt "QUJD"                 | 'photo' cannot be compared by 'gt'.
          photo co "QUJD"                 | 'photo' cannot be compared by 'co'.
          level co 1                      | 'level' cannot be compared by 'co'.
          since sw "2011-05-13T04:42:34Z" | 'since' cannot be compared by 'sw'.
          active eq "true"                | 'active' can only be compared with a value of type boolean.
          title eq 5                      | 'title' can only be compared with a value of type string.
          title eq true                   | 'title' can only be compared with a value of type string.
          level eq "9"                    | 'level' can only be compared with a value of type integer.
          level eq 9.5                    | 'level' can only be compared with a value of type integer.
          since eq "2011-05-13"           | 'since' can only be compared with a value of type dateTime.
          since eq "2011-02-30T00:00:00Z" | 'since' can only be compared with a value of type dateTime.
          title gt null                   | Only eq and ne can compare with null.
          password eq "x"                 | 'password' cannot be searched.
          password pr                     | 'password' cannot be searched.
          pin sw "1"                      | 'pin' cannot be searched.
          """)
  void declines(String filter, String detail) {
    assertThatThrownBy(() -> FilterCondition.parse(Shapes.USER, filter))
        .isInstanceOfSatisfying(
            ScimException.class,
            it ->
                assertThat(it.refusal()).isEqualTo(ScimError.badRequest("invalidFilter", detail)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"title eq \"\0\"", "title eq \"\ud800\"", "title eq \"a\nb\"", "title\tpr"})
  void declinesWhatIsNoText(String filter) {
    assertThatThrownBy(() -> FilterCondition.parse(Shapes.USER, filter))
        .isInstanceOf(ScimException.class);
  }

  @Test
  void isBounded() {
    String many = String.join(" or ", Collections.nCopies(300, "title pr"));
    assertThat(FilterCondition.parse(Shapes.USER, many).matches(Shapes.babs())).isTrue();
    assertThat(FilterCondition.parse(Shapes.USER, nested(20)).matches(Shapes.babs())).isTrue();

    assertThatThrownBy(() -> FilterCondition.parse(Shapes.USER, nested(21)))
        .hasMessage("The filter is nested more than 20 deep.");
    assertThatThrownBy(() -> FilterCondition.parse(Shapes.USER, nested(500)))
        .hasMessage("The filter is nested more than 20 deep.");
    assertThatThrownBy(
            () -> FilterCondition.parse(Shapes.USER, "title eq \"" + "x".repeat(4096) + "\""))
        .hasMessage("The filter is longer than 4096 characters.");
  }

  private static String nested(int depth) {
    return "(".repeat(depth) + "title pr" + ")".repeat(depth);
  }

  @Test
  void keepsMessagesShort() {
    assertThatThrownBy(() -> FilterCondition.parse(Shapes.USER, "x".repeat(4000) + " pr"))
        .hasMessage("'" + "x".repeat(40) + "...' is no attribute here.");
  }

  @Test
  void countsWhatOnlyAnotherTypeHasAsAbsent() {
    for (String holds : new String[] {"userName ne \"x\"", "not (userName pr)", "emails eq null"}) {
      assertThat(inGroup(holds)).as(holds).isTrue();
    }
    for (String fails :
        new String[] {
          "userName pr",
          "userName eq \"x\"",
          "emails[type eq \"work\"]",
          "emails.type ne \"work\"",
          "displayName pr and userName sw \"x\"",
          ENTERPRISE + ":department co \"x\""
        }) {
      assertThat(inGroup(fails)).as(fails).isFalse();
    }
    assertThat(inGroup("displayName eq \"STAFF\" or userName eq \"x\"")).isTrue();

    assertThatThrownBy(() -> inGroup("userName eq 5")).isInstanceOf(ScimException.class);
    assertThatThrownBy(() -> inGroup("nonsense pr")).isInstanceOf(ScimException.class);
    assertThatThrownBy(() -> FilterCondition.parse(Shapes.GROUP, "userName pr"))
        .hasMessage("'userName' is no attribute here.");
  }

  private static boolean inGroup(String filter) {
    return FilterCondition.parse(Shapes.GROUP, filter, Shapes.GROUP, Shapes.USER)
        .matches(Json.object().put("displayName", "Staff"));
  }

  @Test
  void comparesWhatNobodyHasDefinedExactly() {
    ResourceDefinition open = Schemas.STANDARD.opened().definition(ResourceType.USER);
    var document =
        Json.stored(
            "{\"urn:x:2.0\": {\"shoe\": \"XL\", \"size\": 44, \"left\": true, \"a\": [1]}}");
    for (String holds :
        new String[] {
          "shoe eq \"XL\"",
          "shoe co \"X\"",
          "size eq 44",
          "size gt 43.5",
          "left eq true",
          "a pr",
          "shoe ne \"xl\"",
          "shoe ne 5",
          "a ne 1"
        }) {
      assertThat(FilterCondition.parse(open, "urn:x:2.0:" + holds).matches(document))
          .as(holds)
          .isTrue();
    }
    for (String fails : new String[] {"shoe eq \"xl\"", "shoe gt 1", "size eq \"44\"", "b pr"}) {
      assertThat(FilterCondition.parse(open, "urn:x:2.0:" + fails).matches(document))
          .as(fails)
          .isFalse();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          userName,         -,          [userName]
          NAME.givenname,   Descending, '[name, givenName]'
          employeeNumber,   ascending,  '[urn:ietf:params:scim:schemas:extension:enterprise:2.0:User, employeeNumber]'
          emails,           -,          [emails]
          emails.type,      descending, [emails]
          manager,          -,          '[urn:ietf:params:scim:schemas:extension:enterprise:2.0:User, manager, value]'
          meta.created,     -,          '[meta, created]'
          """)
  void findsWhatToSortBy(String sortBy, String order, String path) {
    SortKey key = SortKey.of(Shapes.USER, sortBy, order);

    assertThat(key.field().path()).hasToString(path);
    assertThat(key.descending()).isEqualTo("descending".equalsIgnoreCase(order));
    assertThat(key.element() != null).isEqualTo(key.field().attribute().multiValued());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          nonsense,  -,  invalidPath
          name,      -,  invalidPath
          addresses, -,  invalidPath
          password,  -,  invalidPath
          pin,       -,  invalidPath
          '',        -,  invalidPath
          userName,  up, invalidValue
          userName,  '', invalidValue
          """)
  void refusesToSortBy(String sortBy, String order, String scimType) {
    assertThatThrownBy(() -> SortKey.of(Shapes.USER, sortBy, order))
        .isInstanceOfSatisfying(
            ScimException.class, it -> assertThat(it.refusal().scimType()).isEqualTo(scimType));
  }

  @Test
  void sortsByNothingWhatOnlyAnotherTypeHas() {
    assertThat(SortKey.of(Shapes.GROUP, "userName", null, Shapes.USER)).isNull();
  }
}
