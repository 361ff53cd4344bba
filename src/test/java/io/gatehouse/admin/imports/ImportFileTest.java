package io.gatehouse.admin.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the file of an import is read. */
class ImportFileTest {

  private final CsvClient hr = new CsvClient(Gateway.shared());

  @Test
  void takesTheColumnsInAnyOrderAndCase() {
    hr.bring(
        "FAMILYNAME,emails[type eq \"home\"].value,USERNAME,Email\nLovelace,h@x.org,ada,w@x.org\n");

    assertThat(hr.stored("ada").at("/name/familyName").asText()).isEqualTo("Lovelace");
    assertThat(hr.stored("ada").path("emails"))
        .containsExactlyInAnyOrder(
            Json.stored("{\"type\":\"work\",\"value\":\"w@x.org\",\"primary\":true}"),
            Json.stored("{\"type\":\"home\",\"value\":\"h@x.org\"}"));
  }

  @Test
  void letsAColumnSayOtherwiseThanTheAliasImplies() {
    hr.bring("emails[type eq \"work\"].primary,userName,email\nfalse,ada,w@x.org\n");

    assertThat(hr.stored("ada").at("/emails/0/primary").asBoolean(true)).isFalse();
  }

  @Test
  void knowsExtensionsWithAndWithoutTheirUrn() {
    hr.bring(
        """
        userName,department,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter,Manager.Value
        ada,Engines,C-7,M-1
        """);

    JsonNode enterprise = hr.stored("ada").path(Schema.ENTERPRISE_USER);
    assertThat(enterprise)
        .isEqualTo(
            Json.stored(
                """
                {"department": "Engines", "costCenter": "C-7", "manager": {"value": "M-1"}}
                """));
    assertThat(hr.stored("ada").path("schemas")).hasSize(2);
  }

  @Test
  void givesValuesTheTypesOfTheTenantsSchema() {
    define();
    hr.bring(
        "userName,active,floor,urn:acme:desk:height,since,tags\n"
            + "ada,FALSE,12,0.50,2024-02-29T08:00:00Z,\"a, b\"\n");

    assertThat(hr.stored("ada").path("active").asBoolean(true)).isFalse();
    assertThat(hr.stored("ada").path("urn:acme:desk"))
        .isEqualTo(
            Json.stored(
                """
                {"floor": 12, "height": 0.5, "since": "2024-02-29T08:00:00Z", "tags": ["a, b"]}
                """));
  }

  @ParameterizedTest
  @CsvSource({"active,yes", "floor,1.5", "floor,twelve", "height,high", "since,yesterday"})
  void refusesALineWithAValueOfAnotherType(String column, String cell) {
    define();
    Answer refused = hr.bring("userName," + column + "\nada," + cell + "\n");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/results/0/detail").asText())
        .contains("'" + column + "' must be");
  }

  @Test
  void readsAFileWithAByteOrderMark() {
    assertThat(hr.bring("\uFEFFuserName,title\r\nada,Countess\r\n").status()).isEqualTo(200);
    assertThat(hr.stored("ada").path("title").asText()).isEqualTo("Countess");
  }

  @Test
  void readsAFileWithAQuotedHeaderAfterAByteOrderMark() {
    assertThat(hr.bring("\uFEFF\"userName\",\"title\"\r\nada,Countess").status()).isEqualTo(200);
  }

  @Test
  void readsQuotedCommasNewlinesAndQuotesAndCountsTheLinesOfTheFile() {
    Answer done =
        hr.bring(
            "userName,title,nickName\r\n"
                + "ada,\"Countess, of\r\nLovelace\",\"the \"\"Enchantress\"\"\"\r\n"
                + "\r\n"
                + "grace,,\r\n"
                + ",,\r\n"
                + "bob,,");

    assertThat(hr.stored("ada").path("title").asText()).isEqualTo("Countess, of\r\nLovelace");
    assertThat(hr.stored("ada").path("nickName").asText()).isEqualTo("the \"Enchantress\"");
    assertThat(done.json().path("results"))
        .extracting(it -> it.path("line").asInt())
        .containsExactly(2, 5, 7);
  }

  @Test
  void readsNamesOutsideOfAscii() {
    String name = "z\u00F6e\u6771\uD83D\uDE00".repeat(2_000);
    assertThat(hr.bring("userName,title\nada," + name + "\n").status()).isEqualTo(200);
    assertThat(hr.stored("ada").path("title").asText()).isEqualTo(name);
  }

  @Test
  void readsTheSemicolonsOfEuropeanSpreadsheets() {
    hr.bring("userName;title\r\nada;\"Countess; of, Lovelace\"\r\n");

    assertThat(hr.stored("ada").path("title").asText()).isEqualTo("Countess; of, Lovelace");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "userName,shoeSize           | 'shoeSize' names no attribute",
        "userName,urn:x:y:z          | 'urn:x:y:z' names no attribute",
        "userName,title,Title        | 'title' and 'Title' are the same",
        "userName,email,emails[type eq \"work\"].value | 'email' and 'emails[type eq \"work\"].value' are the same",
        "userName,department,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department | the same",
        "title,email                 | no column 'userName'",
        "userName,name               | 'name' has parts",
        "userName,emails             | 'emails' has parts",
        "userName,emails.value       | must say which element",
        "userName,emails[type pr].value | must say which element",
        "userName,id                 | 'id' cannot be set",
        "userName,password           | 'password' cannot be set",
        "userName,schemas            | 'schemas' cannot be set",
        "userName,meta.created       | 'meta.created' cannot be set",
        "userName,manager.displayName | 'manager.displayName' cannot be set",
        "userName,,title             | Column 2 has no name",
      })
  void refusesAHeaderThatItCannotFollow(String header, String why) {
    Answer refused = hr.bring(header + "\n");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json().path("detail").asText()).contains(why);
  }

  @Test
  void namesTheLineThatIsNotUtf8() {
    byte[] latin1 =
        "userName,title\n\"ada\n\",x\r\ngrace,Gräfin\nbob,x\n"
            .getBytes(StandardCharsets.ISO_8859_1);

    Answer refused = hr.bring("", latin1);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("detail").asText()).startsWith("Line 4 is not UTF-8");
  }

  @Test
  void namesTheLineThatIsNotUtf8FarBelow() {
    byte[] file =
        ("userName\n" + "somebody\n".repeat(20_000) + "?").getBytes(StandardCharsets.UTF_8);
    file[file.length - 1] = (byte) 0xC3;

    assertThat(hr.bring("", file).json().path("detail").asText())
        .startsWith("Line 20002 is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"userName\nada\n\"grace\nbob\n", "userName\nada\n\"grace\" x\nbob\n"})
  void namesTheLineThatIsNoCsv(String file) {
    Answer refused = hr.bring(file);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("detail").asText()).startsWith("Line 3 is no CSV");
    assertThat(hr.people()).isZero();
  }

  @Test
  void doesNotTakeTheRestOfALargeFileForOneLine() {
    Answer refused = hr.bring("userName\nada\n\"" + "grace\n".repeat(100_000));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("detail").asText()).startsWith("Line 3 has no end");
  }

  @Test
  void saysThatAFileIsEmpty() {
    assertThat(hr.bring("").json().path("detail").asText()).startsWith("The file is empty");
    assertThat(hr.bring("\uFEFF\n").json().path("detail").asText()).startsWith("The file is empty");
  }

  @Test
  void importsNobodyFromAHeader() {
    Answer done = hr.bring("userName");

    assertThat(done.status()).isEqualTo(200);
    assertThat(done.json().path("lines").asInt()).isZero();
    assertThat(done.json().path("results").isArray()).isTrue();
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    byte[] file = new byte[64 * 1024 * 1024 + 1];
    assertThat(hr.bring("", file).status()).isEqualTo(413);

    assertThat(hr.bring("userName\n" + "a\n".repeat(200_001)).json().path("detail").asText())
        .isEqualTo("The file has more than 200000 lines.");
  }

  private void define() {
    hr.gateway()
        .admin(
            "PUT",
            "/tenants/" + hr.tenant() + "/schemas/urn:acme:desk",
            Json.stored(
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"], "id": "urn:acme:desk",
                 "name": "Desk", "resourceType": "User", "attributes": [
                  {"name": "floor", "type": "integer"}, {"name": "height", "type": "decimal"},
                  {"name": "since", "type": "dateTime"},
                  {"name": "tags", "type": "string", "multiValued": true}]}
                """));
  }
}
