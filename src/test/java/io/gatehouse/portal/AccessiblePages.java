package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Role;
import io.gatehouse.support.Browser;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.Routes;
import io.gatehouse.support.Routes.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.cache.TemplateCacheKey;

/**
 * Looks at each page in a real browser and on a phone: from the first sign-in on, and then from the
 * list of routes that the application itself has, so that a new page cannot be forgotten.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class AccessiblePages {

  private static final Path TEMPLATES = Path.of("src/main/resources/templates/portal");

  /** Addresses for htmx, whose answers are parts of the pages before them. */
  private static final Set<String> PARTS =
      Set.of(
          "/admin/tenants/{tenant}/connections/{id}/waiting",
          "/admin/tenants/{tenant}/enrolment/jobs",
          "/admin/tenants/{tenant}/import/{run}/progress",
          "/admin/tenants/{tenant}/subscribers/queues/{name}/progress");

  /** Redirects. */
  private static final Set<String> LEADS_ON = Set.of("/admin/");

  /** Pages that say what is wrong. */
  private static final Map<String, Integer> REFUSALS =
      Map.of("/admin/sign-in/oidc", 503, "/admin/sign-in/refused", 403);

  /** Needs an OIDC provider: {@link OidcSignInTest} looks at it. */
  private static final Set<String> ELSEWHERE = Set.of("portal/again");

  @TempDir static Path data;
  private static Gateway gateway;
  private static Browser browser;

  private final SoftAssertions all = new SoftAssertions();
  private final boolean thorough;
  private int looks;

  /**
   * @param thorough each page in the light and in the dark, and its other looks too; without, one
   *     page is looked at in the light, the next in the dark
   */
  AccessiblePages(boolean thorough) {
    this.thorough = thorough;
  }

  @BeforeAll
  static void open() {
    Browser.require();
    gateway = Gateway.start(data);
    browser = Browser.open(gateway);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      gateway.close();
    }
  }

  @Test
  @Order(1)
  void theFirstSignInAsksForAPasswordOfOnesOwnAndShowsTheOverview() throws IOException {
    browser.go("/admin");
    assertThat(browser.text()).contains("This is the first sign-in");
    look("first sign-in");
    Path file = data.resolve("admin-password");
    String given = Files.readString(file).strip();
    browser.signIn("admin", given);
    browser.awaitText("Choose a password");
    browser.go("/admin/access");
    assertThat(browser.text()).contains("Choose a password").doesNotContain("API tokens");
    look("first password");
    browser.type("current", given);
    browser.type("password", PortalClient.PASSWORD);
    browser.type("again", PortalClient.PASSWORD);
    browser.submit("main form");
    browser.awaitText("Overview");
    look("first overview");
    assertThat(file).doesNotExist();
    browser.find("header form button").click();
    browser.awaitText("Sign in to Gatehouse");
    assertThat(browser.text()).doesNotContain("first sign-in");
    browser.signIn("admin", PortalClient.PASSWORD);
    browser.awaitText("Overview");
    all.assertAll();
  }

  @Test
  @Order(2)
  void noPageHasBarriers(@TempDir Path folder) throws Exception {
    TemplateEngine engine = gateway.bean(TemplateEngine.class);
    browser.clear();
    engine.clearTemplateCache();
    browser.as(Role.ADMIN);
    PagesScene scene = PagesScene.of(gateway);
    scene = scene.with(upload(scene, folder, "userName,active\nada,true\nevil,perhaps\n"));
    look("import refused");
    List<String> pages = pages();
    routes(pages, scene);
    if (thorough) {
      variants(scene);
    }
    forms(scene, folder);
    secrets(scene);
    gate(scene);
    if (thorough) {
      emptyTenant(pages);
    }
    all.assertThat(shown(engine)).as("templates of pages").containsAll(templates());
    all.assertAll();
  }

  @Test
  @Order(3)
  void faultsAreFound() {
    browser.clear();
    browser.go("/admin/sign-in");
    assertThat(browser.faults("sound")).isEmpty();
    browser.script(
        """
        const input = document.querySelector('input[name="password"]');
        input.closest('label').replaceWith(input);
        document.querySelector('h1').style.color = '#10141d';
        document.body.style.width = '600px';
        document.body.append(document.createElement('script'));
        document.querySelector('body > script').textContent = 'window.broken = true;';
        """);
    assertThat(browser.faults("broken"))
        .anyMatch(it -> it.startsWith("light: label: <input name=\"password\""))
        .anyMatch(it -> it.startsWith("dark: color-contrast: <h1"))
        .noneMatch(it -> it.startsWith("light: color-contrast"))
        .anyMatch(it -> it.startsWith("wider than a phone"));
    assertThat(browser.errors()).anyMatch(it -> it.contains("Content Security Policy"));
  }

  /** Looks at the page that is open. */
  private void look(String name) {
    look(name, 200);
  }

  private void look(String name, int status) {
    all.assertThat(browser.status()).as(name).isEqualTo(status);
    all.assertThat(faults(name.replaceAll("[^A-Za-z0-9]+", "-"))).as(name).isEmpty();
    String expected = "the server responded with a status of " + status;
    all.assertThat(browser.errors())
        .as(name)
        .allMatch(it -> status >= 400 && it.contains(expected));
  }

  private List<String> faults(String name) {
    looks++;
    return thorough ? browser.faults(name) : browser.faults(name, looks % 2 == 0);
  }

  private void open(String path) {
    open(path, 200);
  }

  private void open(String path, int status) {
    browser.go(path);
    look(path, status);
  }

  /** The path of the run that the upload leads to, when the file was checked. */
  private static String upload(PagesScene scene, Path folder, String content) throws IOException {
    Path file = Files.writeString(folder.resolve("users.csv"), content);
    browser.go(scene.at("/import"));
    browser.find("input[type='file']").sendKeys(file.toString());
    browser.submit("main form");
    browser.awaitText("Would be created");
    return browser.path();
  }

  private void routes(List<String> pages, PagesScene scene) {
    assertThat(pages).hasSizeGreaterThan(25);
    for (String page : pages) {
      String path = scene.sample(page);
      assertThat(path).as("a sample address for the page " + page).doesNotContain("{");
      browser.go(path);
      look(page, REFUSALS.getOrDefault(page, 200));
    }
  }

  private static List<String> pages() {
    return new Routes(gateway)
        .all().stream()
            .filter(it -> it.verb().equals("GET") && it.pattern().startsWith("/admin"))
            .filter(it -> !it.pattern().startsWith("/admin/api/") && !isFile(it))
            .map(Route::pattern)
            .filter(it -> !PARTS.contains(it) && !LEADS_ON.contains(it))
            .distinct()
            .toList();
  }

  private static boolean isFile(Route route) {
    GetMapping mapping = route.method().getMethodAnnotation(GetMapping.class);
    return route.pattern().matches(".*\\.(csv|ndjson)")
        || (mapping != null
            && List.of(mapping.produces()).contains(MediaType.TEXT_EVENT_STREAM_VALUE));
  }

  /** Other looks of the same pages. */
  private void variants(PagesScene scene) {
    open(scene.at("/users?q=nobody"));
    open(scene.at("/users/" + scene.left()));
    open(scene.at("/users/" + scene.erased()));
    open(scene.at("/users/" + scene.ada() + "?failures=true"));
    open(scene.at("/connections/" + scene.silent().connection()));
    open(scene.at("/connections/" + scene.parked().idp().connection()));
    open(scene.at("/enrolment?enrolled=1&refused=2"));
    browser.go(scene.at("/users/" + scene.ada()));
    browser.script("document.querySelectorAll('details').forEach(it => it.open = true)");
    look("user with all steps");
    browser.keys("?");
    look("keys");
    browser.go("/admin/access");
    browser.script("document.querySelectorAll('details').forEach(it => it.open = true)");
    look("access with all forms");
  }

  /** Pages that only a form leads to. */
  private void forms(PagesScene scene, Path folder) throws IOException {
    browser.go(scene.at("/leavers"));
    browser.submit("#some");
    browser.awaitText("Tick the users");
    look("nothing to restore");
    browser.find("input[value='" + scene.blocked() + "']").click();
    browser.submit("#some");
    browser.awaitText("not restored");
    look("restored");
    browser.go(scene.at("/explain"));
    browser.type("body", "{\"userName\": \"grace@example.com\", \"active\": \"True\"}");
    browser.submit("form[action$='/explain']");
    browser.awaitText("Quirks that fired");
    look("explained");
    browser.type("body", "{");
    browser.submit("form[action$='/explain']");
    browser.awaitText("not well-formed JSON");
    look("not explained", 400);
    upload(scene, folder, "userName\ngrace\n");
    look("import checked");
    browser.submit("form[action$='/apply']");
    browser.awaitText("The users were imported.");
    look("imported");
    browser.go(scene.at("/audit"));
    browser.submit("form[action$='/verify']");
    browser.awaitText("Audit");
    look("audit verified");
    browser.go(scene.at("/enrolment"));
    browser.type("filter", "userName zz 1");
    browser.submit("form[action$='/jobs']");
    browser.awaitText("filter");
    look("no filter", 400);
  }

  /** Pages that show a secret once. */
  private void secrets(PagesScene scene) {
    browser.go(scene.at("/connections/new"));
    browser.find("option[value='okta']").click();
    browser.type("name", "Acme Okta");
    browser.submit("form[action$='/connections/new']");
    browser.awaitText("Webhook secret");
    look("connection made");
    browser.go(scene.at("/subscribers/queues/training"));
    browser.submit("form[action$='/password']");
    browser.accept();
    browser.awaitText("User name");
    look("secret of a queue");
    browser.go("/admin/access");
    browser.find("form[action$='/administrators'] [name='name']").sendKeys("x y");
    browser.submit("form[action$='/administrators']");
    browser.awaitText("letters");
    look("no name", 400);
    browser.find("form[action$='/administrators'] [name='name']").clear();
    browser.find("form[action$='/administrators'] [name='name']").sendKeys("grace");
    browser.find("form[action$='/administrators'] [name='all']").click();
    browser.submit("form[action$='/administrators']");
    browser.awaitText("A password for grace");
    look("password given");
    browser.go("/admin/access");
    browser.find("form[action$='/tokens'] [name='name']").sendKeys("reports");
    browser.find("form[action$='/tokens'] [name='all']").click();
    browser.submit("form[action$='/access/tokens']");
    browser.awaitText("The token reports");
    look("API token given");
    open("/admin/access");
    browser.go(scene.link());
    browser.submit("form[action$='/tokens']");
    browser.awaitText("shown only now");
    look("token of a setup link");
    browser.as(browser.administrator(Role.ADMIN), false);
    browser.go(scene.at("/connections/" + scene.silent().connection()));
    browser.submit("form[action$='/tokens']");
    browser.awaitText("Confirm with your password");
    look("password to confirm");
    browser.type("_password", "wrong");
    browser.submit("main form");
    browser.awaitText("The password is wrong.");
    look("wrong password to confirm");
    browser.type("_password", PortalClient.PASSWORD);
    browser.submit("main form");
    browser.awaitText("It is shown only this once.");
    look("token shown once");
  }

  /** Pages of errors, and those without a session. */
  private void gate(PagesScene scene) {
    open("/admin/nothing", 404);
    open("/admin/tenants/nothing/users", 404);
    browser.as(Role.VIEWER, scene.tenant());
    open("/admin/access", 403);
    open(scene.at(""));
    open(scene.at("/enrolment"));
    String invited = PortalClient.administrator(gateway, Role.VIEWER);
    gateway.sql("update administrator set must_change = true where name = ?", invited);
    browser.as(invited, true);
    open("/admin/password");
    for (String field : List.of("current", "password", "again")) {
      browser.type(field, "the same password as before");
    }
    browser.submit("main form");
    browser.awaitText("The new password is the old one.");
    look("no new password", 400);
    browser.clear();
    open("/admin/sign-in?problem=no-role", 403);
    browser.signIn("nobody", "wrong");
    browser.awaitText("The name or the password is wrong.");
    look("wrong password", 401);
    open("/admin/setup/nothing", 404);
  }

  /** What pages say when there is nothing. */
  private void emptyTenant(List<String> pages) {
    browser.as(Role.ADMIN);
    String tenant = gateway.tenant();
    for (String page : pages) {
      if (page.startsWith("/admin/tenants/{tenant}")
          && page.indexOf('{') == page.lastIndexOf('{')) {
        open(page.replace("{tenant}", tenant));
      }
    }
  }

  private static Set<String> shown(TemplateEngine engine) {
    return engine.getCacheManager().getTemplateCache().keySet().stream()
        .map(TemplateCacheKey::getTemplate)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The templates that are a whole page. */
  private static Set<String> templates() throws IOException {
    try (Stream<Path> files = Files.list(TEMPLATES)) {
      Set<String> pages = new TreeSet<>();
      for (Path file : files.toList()) {
        String name = "portal/" + file.getFileName().toString().replace(".html", "");
        if (Files.readString(file).contains("portal/layout :: page(")
            && !ELSEWHERE.contains(name)) {
          pages.add(name);
        }
      }
      return pages;
    }
  }
}
