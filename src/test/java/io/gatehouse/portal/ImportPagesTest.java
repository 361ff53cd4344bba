package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.access.Role;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The import of a file in two steps, without JavaScript. */
class ImportPagesTest {

  private final Gateway gateway = Gateway.shared();
  private final CsvClient stored = new CsvClient(gateway);
  private final String page = "/admin/tenants/" + stored.tenant() + "/import";
  private final PortalClient operator =
      PortalClient.signedIn(gateway, Role.OPERATOR, stored.tenant());

  private Page upload(String file) {
    operator.get(page);
    return ended(operator.upload(page, file));
  }

  private Page ended(Page first) {
    assertThat(first.status()).isEqualTo(200);
    AtomicReference<Page> last = new AtomicReference<>(first);
    await()
        .untilAsserted(
            () -> {
              last.set(operator.get(first.address().getPath()));
              assertThat(last.get().html()).doesNotContain("hx-trigger");
            });
    return last.get();
  }

  @Test
  void checksAFileWithoutEffectAndThenImportsIt() {
    Page checked = upload("userName,displayName\nada,Ada\ngrace,Grace\n");

    assertThat(checked.text()).contains("The file can be imported.", "Would be created 2");
    assertThat(stored.people()).isZero();
    Page done = ended(operator.post(checked.address().getPath() + "/apply"));

    assertThat(done.text()).contains("The users were imported.", "Created 2");
    assertThat(stored.people()).isEqualTo(2);
    assertThat(operator.post(checked.address().getPath() + "/apply").status()).isEqualTo(409);
  }

  @Test
  void showsTheRefusedLinesAndImportsNothing() {
    Page checked = upload("userName,active\nada,true\n=evil(<b>),perhaps\n");

    assertThat(checked.text())
        .contains("1 of 2 lines are refused")
        .doesNotContain("Import 2 users");
    assertThat(checked.html()).doesNotContain("<b>");
    Page csv = operator.get(checked.address().getPath() + "/refused.csv");
    assertThat(csv.http().headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.http().headers().firstValue("Content-Disposition").orElse(""))
        .contains("refused.csv");
    assertThat(csv.html()).startsWith("\uFEFFline,userName,reason\r\n3,\"'=evil(<b>)\",");
    assertThat(stored.people()).isZero();
  }

  @Test
  void saysWhatIsWrongWithAFileThatIsNone() {
    assertThat(upload("").text()).contains("The file is empty.");
    assertThat(upload("displayName\nAda\n").text()).contains("There is no column 'userName'.");
    operator.get(page);
    assertThat(operator.post(page, "file", "x").status()).isEqualTo(403);
  }

  @Test
  void readsMoreThanAFormMayHave() {
    StringBuilder file = new StringBuilder("userName,displayName\n");
    for (int i = 0; i < 600; i++) {
      file.append("user").append(i).append(',').append("x".repeat(2_000)).append('\n');
    }
    assertThat(file.length()).isGreaterThan(1024 * 1024);
    assertThat(upload(file.toString()).text()).contains("Would be created 600");
  }

  @Test
  void keepsAFileForTheAdministratorWhoUploadedIt() {
    Page checked = upload("userName\nada\n");
    String run = checked.address().getPath();
    PortalClient colleague = PortalClient.signedIn(gateway, Role.OPERATOR, stored.tenant());
    assertThat(colleague.get(run).status()).isEqualTo(404);
    colleague.get(page);
    assertThat(colleague.post(run + "/apply").status()).isEqualTo(404);
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, stored.tenant());
    assertThat(viewer.get(page).text()).contains("needs the role operator");
    viewer.get("/admin/password");
    assertThat(viewer.upload(page, "userName\nx\n").status()).isEqualTo(403);
    PortalClient foreign = PortalClient.signedIn(gateway, Role.ADMIN, gateway.tenant());
    assertThat(foreign.get(page).status()).isEqualTo(404);
    foreign.get("/admin/password");
    assertThat(foreign.upload(page, "userName\nx\n").status()).isEqualTo(404);
    assertThat(stored.people()).isZero();
  }

  @Test
  void refusesAFileWithoutTheTokenAgainstForgery() {
    PortalClient fresh = PortalClient.signedIn(gateway, Role.OPERATOR, stored.tenant());
    assertThat(fresh.upload(page + "?x=1", "userName\nx\n").status()).isEqualTo(403);
  }

  @Test
  void recordsFromWhereTheUsersWereImported() {
    Page checked = upload("userName\nada\n");
    ended(operator.post(checked.address().getPath() + "/apply"));

    for (String action : new String[] {"users.import", "user.create"}) {
      JsonNode entries =
          gateway
              .admin("GET", "/audit?action=" + action + "&tenant=" + stored.tenant(), null)
              .json()
              .path("entries");
      assertThat(entries).as(action).hasSize(1);
      assertThat(entries.get(0).path("address").asText()).as(action).isEqualTo("127.0.0.1");
      assertThat(entries.get(0).path("credential").asText()).as(action).startsWith("session ");
    }
  }

  @Test
  void showsThatThereAreMoreRefusedLinesThanItLists() {
    Page checked = upload("userName,active\n" + "ada,perhaps\n".repeat(1_001));

    assertThat(checked.text())
        .contains("1001 of 1001 lines are refused")
        .contains("the first 1000 refused lines");
  }

  @Test
  void letsAnAdministratorTryAFileAgainAndAgain() {
    operator.get(page);
    Page first = operator.upload(page, "userName,x\n");
    for (int i = 0; i < 25; i++) {
      assertThat(ended(operator.upload(page, "userName,x\n")).text()).contains("Upload another");
    }
    assertThat(operator.get(first.address().getPath()).text()).contains("upload it again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--b\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
            + "userName\n"
            + "ada",
        "--b\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a\0.csv\"\r\n\r\n"
            + "userName\r\n"
            + "--b--\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--b--\r\n",
        "--b",
        "",
      })
  void refusesAFormThatIsNone(String form) {
    operator.get(page);
    Page refused = operator.sendForm(page, "b", form);
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.text()).containsAnyOf("cannot be read", "Choose a file");
  }

  @Test
  void takesTheFileThatItShowsAsAnExample() {
    String shown = operator.get(page).html().split("<pre>")[1].split("</pre>")[0];
    assertThat(upload(shown).text()).contains("The file can be imported.", "Would be created 1");
    assertThat(upload("userName\n").text())
        .contains("The file has no user")
        .doesNotContain("can be imported");
  }
}
