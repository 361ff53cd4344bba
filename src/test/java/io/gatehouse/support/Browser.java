package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium, of Debian's packages {@code chromium} and {@code chromium-driver}; where
 * {@code chromium-headless-shell} is there too, that one, which works a third less.
 */
public final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SHELL = Path.of("/usr/lib/chromium/chromium-headless-shell");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What has to do with words and structure. */
  private static final String EVERYTHING =
      "{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}";

  /** What can differ between light and dark. */
  private static final String COLOURS =
      "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}";

  /** Without what would cost time and is not used: selectors, and what is in order. */
  private static final String FIND =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {runOnly: %s, reporter: 'no-passes', resultTypes: ['violations'], selectors: false,
                         preload: false, iframes: false})
        .then(found => done(found.violations
          .filter(it => it.impact === 'serious' || it.impact === 'critical')
          .map(it => it.id + ': ' + it.nodes.map(node => node.html + ' '
            + [...node.any, ...node.all, ...node.none].map(check => check.message)).join('\\n'))));
      """;

  /** The last elements that make a page wider than the window. */
  private static final String WIDE =
      """
      if (document.documentElement.scrollWidth <= window.innerWidth) return [];
      const wide = Array.from(document.querySelectorAll('body *')).filter(it =>
        it.getBoundingClientRect().right > window.innerWidth + 1
          && (!it.closest('.scroll') || getComputedStyle(it).position === 'absolute'));
      return ['', ...wide.map(it => it.outerHTML.slice(0, 200))].slice(-3);
      """;

  private final ChromeDriver driver;
  private final Map<String, String> administrators = new HashMap<>();
  private final Gateway gateway;
  private boolean looks;

  private Browser(ChromeDriver driver, Gateway gateway) {
    this.driver = driver;
    this.gateway = gateway;
  }

  /** A size in which pages are looked at. */
  private enum Size {
    DESKTOP(1440, 1000),
    PHONE(390, 844);

    private final int width;
    private final int height;

    Size(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  /** A browser at a gateway; {@link #require()} is a part of it. */
  public static Browser open(Gateway gateway) {
    require();
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary((Files.exists(SHELL) ? SHELL : CHROMIUM).toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage");
    options.setCapability("goog:loggingPrefs", logging);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options), gateway);
    browser.driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    browser.plain();
    return browser;
  }

  /** Skips the test where there is no browser, but fails it in builds of CI. */
  public static void require() {
    require(Files.exists(CHROMIUM) && Files.exists(DRIVER), System.getenv("CI") != null);
  }

  static void require(boolean there, boolean ci) {
    if (!there && ci) {
      throw new IllegalStateException("Chromium is missing; .ci/run installs it.");
    }
    Assumptions.assumeTrue(there, "Chromium is missing: apt-get install chromium chromium-driver");
  }

  /** Leaves the page, and forgets sessions, what is stored, and what the console said. */
  public void clear() {
    driver.get("about:blank");
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.executeCdpCommand(
        "Storage.clearDataForOrigin", Map.of("origin", gateway.url(""), "storageTypes", "all"));
    plain();
    errors();
  }

  /**
   * Goes on as an administrator with this role, who is signed in, and has just given the password;
   * of all tenants when none is named.
   */
  public void as(Role role, String... tenants) {
    as(administrator(role, tenants), true);
  }

  /** The name of an administrator whom this browser knows. */
  public String administrator(Role role, String... tenants) {
    return administrators.computeIfAbsent(
        role + " of " + List.of(tenants), it -> PortalClient.administrator(gateway, role, tenants));
  }

  /**
   * Goes on as the administrator of this name, who is signed in.
   *
   * @param confirmed whether the password was given just now
   */
  public void as(String name, boolean confirmed) {
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.executeCdpCommand(
        "Network.setCookie",
        Map.of(
            "name",
            PortalClient.SESSION,
            "value",
            PortalClient.session(gateway, name, confirmed),
            "url",
            gateway.url("/"),
            "httpOnly",
            true,
            "sameSite",
            "Lax"));
  }

  private void plain() {
    size(Size.DESKTOP);
    light(true);
  }

  private void size(Size size) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", size.width, "height", size.height, "deviceScaleFactor", 1, "mobile", false));
  }

  private void light(boolean light) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", light ? "light" : "dark"))));
  }

  public void go(String path) {
    driver.get(gateway.url(path));
  }

  /** The status with which the page was answered. */
  public int status() {
    return ((Number) script("return performance.getEntriesByType('navigation')[0].responseStatus"))
        .intValue();
  }

  /** The path of the page. */
  public String path() {
    return driver.getCurrentUrl().substring(gateway.url("").length());
  }

  public void signIn(String name, String password) {
    go("/admin/sign-in");
    type("name", name);
    type("password", password);
    press("Sign in");
  }

  /** Types into the field of this name. */
  public void type(String field, String text) {
    WebElement input = driver.findElement(By.cssSelector("main [name='" + field + "']"));
    input.clear();
    input.sendKeys(text);
  }

  /** Types into a field of another site's page. */
  public void fill(String field, String text) {
    By name = By.name(field);
    await(() -> assertThat(driver.findElement(name).isDisplayed()).isTrue());
    driver.findElement(name).sendKeys(text);
  }

  /** Presses the button, or follows the link, with this text. */
  public void press(String label) {
    driver
        .findElement(
            By.xpath(
                "//main//*[self::button or self::a or self::summary][normalize-space()='%s']"
                    .formatted(label)))
        .click();
  }

  /** Presses the button of the first form that this finds. */
  public void submit(String form) {
    find(form).findElement(By.cssSelector("button:not([type])")).click();
  }

  /** Opens the first folded part that has this heading, within the first element. */
  public void unfold(String selector, String heading) {
    find(selector)
        .findElement(By.xpath(".//summary[starts-with(normalize-space(), '" + heading + "')]"))
        .click();
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Sends keys to the page. */
  public void keys(CharSequence... keys) {
    find("body").sendKeys(keys);
  }

  /** The text of the page that is visible. */
  public String text() {
    return (String) script("return document.querySelector('main').innerText");
  }

  /** Waits until the page shows a text. */
  public void awaitText(String text) {
    await(() -> assertThat(text()).contains(text));
  }

  /** Waits until the page does not show a text any more. */
  public void awaitNoText(String text) {
    await(() -> assertThat(text()).doesNotContain(text));
  }

  /** While a page comes, there is none. */
  private static void await(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .untilAsserted(assertion);
  }

  /** Says yes to the question that the page asks. */
  public void accept() {
    driver.switchTo().alert().accept();
  }

  public Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Errors of the console since the last look, violations of the content policy among them. */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(it -> it.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /**
   * Looks at the page in the light and in the dark, and on a phone. With {@code -Dpictures},
   * pictures of it are kept in {@code target/screenshots}.
   *
   * @return what axe-core finds serious or critical, with the elements, and whether the page is
   *     wider than a phone
   */
  public List<String> faults(String name) {
    prepare();
    List<String> faults = new ArrayList<>(barriers(EVERYTHING, "light"));
    picture(name);
    light(false);
    faults.addAll(barriers(COLOURS, "dark"));
    picture(name + "-dark");
    faults.addAll(wide(name));
    plain();
    return faults;
  }

  /** The same in the light or in the dark only, which costs half. */
  public List<String> faults(String name, boolean light) {
    prepare();
    light(light);
    List<String> faults = new ArrayList<>(barriers(EVERYTHING, light ? "light" : "dark"));
    faults.addAll(wide(name));
    plain();
    return faults;
  }

  private List<String> wide(String name) {
    size(Size.PHONE);
    List<String> faults =
        ((List<?>) script(WIDE)).stream().map(it -> "wider than a phone: " + it).toList();
    picture(name + "-phone");
    return faults;
  }

  /** Gives axe-core to this page, and to all after it: sent to each anew, it would cost much. */
  private void prepare() {
    if (!looks) {
      looks = true;
      String axe = axe();
      script(axe);
      driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", axe));
    }
  }

  private List<String> barriers(String rules, String light) {
    Object found = driver.executeAsyncScript(FIND.formatted(rules));
    return ((List<?>) found).stream().map(it -> light + ": " + it).toList();
  }

  private static String axe() {
    try (InputStream source = Browser.class.getResourceAsStream(AXE)) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void picture(String name) {
    if (System.getProperty("pictures") == null) {
      return;
    }
    try {
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
