package io.gatehouse.camel.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mapping language of route files: what it does, and what it cannot do. */
class JsltMappingTest {

  @Test
  void changesWhatItNamesAndKeepsTheRest() {
    JsltMapping unit = JsltMapping.compile("{ \"title\": .job.title, * - job : . }");

    assertThat(unit.apply(json("{'job':{'title':'Lead'},'userName':'ada','manager':null}")))
        .isEqualTo(json("{'title':'Lead','userName':'ada','manager':null}"));
  }

  @Test
  void leavesOutWhatCameToNothingButKeepsWhatClears() {
    JsltMapping unit = JsltMapping.compile("{ \"title\": .job, \"emails\": [], * : . }");

    assertThat(unit.apply(json("{'userName':'ada'}")))
        .isEqualTo(json("{'emails':[],'userName':'ada'}"));
  }

  @Test
  void leavesTheBodyThatItReadsAsItIs() {
    ObjectNode body = json("{'emails':{'value':'ada@example.com'}}");

    JsltMapping.compile("{ \"emails\": [.emails], * : . }").apply(body);

    assertThat(body).isEqualTo(json("{'emails':{'value':'ada@example.com'}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def again(x) again($x) again(.)",
        "import \"/etc/passwd\" as secrets .",
        "{ \"a\": test(.a, \"(a+)+$\") }",
        "{ \"a\": replace(.a, \"(a+)+$\", \"\") }",
        "{ \"a\": random() }",
        "{ \"a\": now() }",
        "{ \"a\": uuid() }",
        "{ \"a\": other:function(.a) }"
      })
  void refusesWhatMayNotEndOrNotGiveTheSame(String expression) {
    assertThatThrownBy(() -> JsltMapping.compile("// a comment\n" + expression))
        .isInstanceOfSatisfying(
            RouteProblemException.class,
            it -> assertThat(it.sentence()).startsWith("line 2: ").contains("not allowed"));
  }

  @Test
  void takesForbiddenWordsAsKeysAndTexts() {
    assertThat(
            JsltMapping.compile("{ \"a\": .\"import\" + \" def test(\" }")
                .apply(json("{'import':'x'}")))
        .isEqualTo(json("{'a':'x def test('}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{ \"a\": .b +* 3 }", "{ \"a\": $b }", "{ \"a\": nosuch(.b) }", "{ § }", ""})
  void refusesWhatIsNoExpressionBeforeThereIsARequest(String expression) {
    assertThatThrownBy(() -> JsltMapping.compile(expression))
        .isInstanceOf(RouteProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".userName", "[.]", "null", "error(\"no\")", "{ \"a\": from-json(.userName) }"})
  void refusesABodyThatItMakesNoObjectOf(String expression) {
    JsltMapping unit = JsltMapping.compile(expression);

    assertThatThrownBy(() -> unit.apply(json("{'userName':'ada'}")))
        .isInstanceOfSatisfying(
            ScimException.class, it -> assertThat(it.refusal().status()).isEqualTo(400));
  }

  @Test
  void givesUpWhatTakesTooLongAndServesTheNext() throws Exception {
    ObjectNode many = Json.object();
    for (int i = 0; i < 30_000; i++) {
      many.withArray("all").add(i);
    }
    JsltMapping slow =
        JsltMapping.compile(
            """
            let all = .all
            { "n": [for (.all) let a = . size([for ($all) { "x": $a + . }])] }
            """);
    TimeLimiter unit = new TimeLimiter(Duration.ofMillis(200), "test");
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> unit.run(() -> slow.apply(many)))
          .isInstanceOfSatisfying(
              ScimException.class, it -> assertThat(it.refusal().status()).isEqualTo(503));
    }
    assertThat(unit.run(() -> "next")).isEqualTo("next");
  }

  @Test
  void hangsNobodyEvenIfAllItsThreadsAreTaken() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    TimeLimiter unit = new TimeLimiter(Duration.ofMillis(100), "test");
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> unit.run(() -> deaf(never))).isInstanceOf(ScimException.class);
    }
    never.countDown();
    assertThat(unit.run(() -> "next")).isEqualTo("next");
  }

  /** Work that takes no notice of an interrupt. */
  private static Object deaf(CountDownLatch never) {
    while (never.getCount() > 0) {
      Thread.onSpinWait();
    }
    return never;
  }

  private static ObjectNode json(String text) {
    return Json.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
