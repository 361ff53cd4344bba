package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium, of Debian's packages {@code chromium} and {@code chromium-driver}. */
public final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private static final String FIND =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
        .then(found => done(found.violations
          .filter(it => it.impact === 'serious' || it.impact === 'critical')
          .map(it => it.id + ': ' + it.nodes.map(node => node.html + ' ' + node.failureSummary).join('\\n'))));
      """;

  private final ChromeDriver driver;
  private final String base;

  private Browser(ChromeDriver driver, String base) {
    this.driver = driver;
    this.base = base;
  }

  /** A size in which pages are looked at. */
  public enum Size {
    DESKTOP(1440, 1000),
    PHONE(390, 844);

    private final int width;
    private final int height;

    Size(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  /** A browser at a gateway; where there is none, the test is skipped, but for builds of CI. */
  public static Browser open(Gateway gateway) {
    boolean there = Files.exists(CHROMIUM) && Files.exists(DRIVER);
    if (!there && System.getenv("CI") != null) {
      throw new IllegalStateException("Chromium is missing; .ci/run installs it.");
    }
    Assumptions.assumeTrue(there, "Chromium is missing: apt-get install chromium chromium-driver");
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars");
    options.setCapability("goog:loggingPrefs", logging);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options), gateway.url(""));
    browser.driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    browser.show(Size.DESKTOP, false);
    return browser;
  }

  /** Sets the size of the window, and light or dark. */
  public void show(Size size, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", size.width, "height", size.height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  public void go(String path) {
    driver.get(base + path);
  }

  /** The path of the page. */
  public String path() {
    return driver.getCurrentUrl().substring(base.length());
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

  /** Presses the button, or follows the link, with this text. */
  public void press(String label) {
    driver
        .findElement(
            By.xpath(
                "//main//*[self::button or self::a or self::summary][normalize-space()='%s']"
                    .formatted(label)))
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
    return find("main").getText();
  }

  /** Waits until the page shows a text. */
  public void awaitText(String text) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(text()).contains(text));
  }

  /** Waits until the page does not show a text any more. */
  public void awaitNoText(String text) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(text()).doesNotContain(text));
  }

  /** Says yes to the question that the page asks. */
  public void accept() {
    driver.switchTo().alert().accept();
  }

  public Object script(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** Errors of the console since the last look, violations of the content policy among them. */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(it -> it.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What axe-core finds serious or critical on the page, with the elements. */
  public List<?> barriers() {
    if (!Boolean.TRUE.equals(script("return 'axe' in window"))) {
      script(axe());
    }
    return (List<?>) ((JavascriptExecutor) driver).executeAsyncScript(FIND);
  }

  private static String axe() {
    try (InputStream source = Browser.class.getResourceAsStream(AXE)) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the page is wider than the window. */
  public boolean overflows() {
    return Boolean.TRUE.equals(
        script("return document.documentElement.scrollWidth > window.innerWidth"));
  }

  /** Keeps a picture of the page in {@code target/screenshots}. */
  public void picture(String name) {
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
