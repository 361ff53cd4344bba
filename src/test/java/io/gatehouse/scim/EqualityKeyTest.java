package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EqualityKeyTest {

  /** There are so few values that many pairs are equal. */
  @Property(tries = 5_000)
  void twoValuesShareATextExactlyWhenTheyAreEqual(
      @ForAll @IntRange(max = 200) int one, @ForAll @IntRange(max = 200) int other)
      throws JsonProcessingException {
    JsonNode first = value(one);
    JsonNode second = value(other);

    assertThat(EqualityKey.of(first).equals(EqualityKey.of(second)))
        .isEqualTo(first.equals(second));
  }

  private static JsonNode value(int seed) throws JsonProcessingException {
    return Json.MAPPER.readTree(text(new Random(seed), 3));
  }

  private static String text(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> "true";
      case 1 -> "null";
      case 2 -> "1." + "0".repeat(1 + random.nextInt(2));
      case 3 -> String.valueOf(random.nextInt(2));
      case 4 -> "9000000000" + random.nextInt(2);
      case 5 -> "\"" + "a1:\\\"".substring(0, random.nextInt(4)) + "\"";
      case 6 -> "[" + text(random, depth - 1) + "," + text(random, 0) + "]";
      default -> object(random, depth);
    };
  }

  /** The order of the members does not count. */
  private static String object(Random random, int depth) {
    String a = "\"a\":" + text(random, depth - 1);
    String b = "\"b\":" + text(random, 0);
    return random.nextBoolean() ? "{" + a + "," + b + "}" : "{" + b + "," + a + "}";
  }
}
