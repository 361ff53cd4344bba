package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Columns as arrays reach the database as they are. */
class ColumnValuesTest {

  private final JdbcClient jdbc = Gateway.shared().bean(JdbcClient.class);

  private List<String> asText(String type, List<?> values) {
    return jdbc.sql(
            "select v::text from unnest(?::" + type + "[]) with ordinality n (v, i) order by i")
        .param(array(type, values, it -> it))
        .query((row, n) -> row.getString(1))
        .list();
  }

  @Test
  void textIsKeptWhateverCharactersItHas() {
    List<String> texts =
        Arrays.asList(
            "", null, "NULL", "a,b", "{\"a\":\"\\\\\"}", "{}", "'", "\t\n", "Zoë 😀", " x ");

    assertThat(asText("text", texts)).isEqualTo(texts);
  }

  @ParameterizedTest
  @CsvSource({"bigint,9223372036854775807", "int,-2147483648"})
  void numbersAndTheirAbsenceAreKept(String type, long extreme) {
    List<? extends Number> numbers =
        type.equals("int")
            ? Arrays.asList(1, null, (int) extreme)
            : Arrays.asList(1L, null, extreme);

    assertThat(asText(type, numbers)).containsExactly("1", null, String.valueOf(extreme));
  }

  @Test
  void truthIsKept() {
    assertThat(asText("boolean", Arrays.asList(true, null, false)))
        .containsExactly("true", null, "false");
  }

  @Test
  void noRowsAreAnEmptyArray() {
    assertThat(asText("text", List.of())).isEmpty();
    assertThat(asText("uuid", List.of())).isEmpty();
  }
}
