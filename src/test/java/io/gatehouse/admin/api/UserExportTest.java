package io.gatehouse.admin.api;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The users that a search finds, as CSV. */
class UserExportTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @Test
  void exportsWhatIsFilteredAndNothingElse() throws IOException {
    UUID ada = idp.create(user("ada").put("displayName", "Ada, \"Countess\"\nof Lovelace")).id();
    idp.delete(idp.create(user("left")).id());
    gateway.connection("standard").create(user("stranger"));

    Answer answer = export("&state=active");

    assertThat(answer.header("Content-Type")).startsWith("text/csv");
    assertThat(answer.header("Content-Disposition")).contains("users.csv");
    List<CSVRecord> rows = rows(answer);
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("id")).isEqualTo(ada.toString());
    assertThat(rows.get(0).get("displayName")).isEqualTo("Ada, \"Countess\"\nof Lovelace");
    assertThat(rows.get(0).get("connection")).isEqualTo(idp.connection());
    assertThat(rows(export(""))).hasSize(2);
    assertThat(rows(export("&q=le"))).extracting(it -> it.get("userName")).containsExactly("left");
  }

  @Test
  void exportsMoreThanAPage() throws IOException {
    gateway.sql(
        """
        insert into person (tenant_id, id, user_name, user_name_key, active, doc, search, version, created_at, modified_at)
        select t.id, gen_random_uuid(), 'n' || n, 'n' || n, true, jsonb_build_object('userName', 'n' || n, 'active', true),
               '{}', 1, now(), now()
          from tenant t, generate_series(1, 450) n
         where t.slug = ?
        """,
        idp.tenant());

    assertThat(rows(export(""))).hasSize(450);
    assertThat(rows(export("&q=n")))
        .extracting(it -> it.get("userName"))
        .doesNotHaveDuplicates()
        .hasSize(450);
  }

  @Test
  void givesASpreadsheetNoFormula() throws IOException {
    for (String name : List.of("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx")) {
      idp.create(user("u" + name.hashCode()).put("displayName", name));
    }

    assertThat(rows(export(""))).hasSize(5).allMatch(it -> it.get("displayName").startsWith("'"));
  }

  @Test
  void refusesBeforeTheFirstLine() {
    Answer refused = export("&state=gone");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    assertThat(gateway.admin("GET", "/users.csv", null).status()).isEqualTo(400);
  }

  @Test
  void isRecorded() {
    export("");
    assertThat(
            gateway
                .admin("GET", "/audit?action=users.export&tenant=" + idp.tenant(), null)
                .json()
                .path("entries"))
        .hasSize(1);
  }

  private Answer export(String parameters) {
    return gateway.admin("GET", "/users.csv?tenant=" + idp.tenant() + parameters, null);
  }

  private static List<CSVRecord> rows(Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(answer.http().body(), format)) {
      return parser.getRecords();
    }
  }

  @Test
  void exportsThoseWhoAreNotEnrolledOnly() throws IOException {
    gateway.admin("POST", "/users/" + idp.create(user("ada")).id() + "/enrol", null);
    idp.create(user("grace"));

    assertThat(rows(export("&enrolled=false")))
        .extracting(it -> it.get("userName"))
        .containsExactly("grace");
    assertThat(export("&enrolled=false&q=a").status()).isEqualTo(400);
  }

  @Test
  void givesASpreadsheetWithOtherSeparatorsNoFormulaEither() throws IOException {
    List<String> names = List.of("x;=HYPERLINK(1);y", "x\t@SUM(1)", "x\n+1", "\uFF1D1+1");
    names.forEach(it -> idp.create(user("u" + it.hashCode()).put("displayName", it)));

    assertThat(rows(export("")))
        .extracting(it -> it.get("displayName"))
        .containsExactlyInAnyOrder("x;'=HYPERLINK(1);y", "x\t'@SUM(1)", "x\n'+1", "'\uFF1D1+1");
    assertThat(SpreadsheetText.of("Ada; Countess - of\nLovelace"))
        .isEqualTo("Ada; Countess - of\nLovelace");
  }
}
