package io.gatehouse.idp;

import static io.gatehouse.idp.EntraGrammar.COMPLIANT;
import static io.gatehouse.idp.EntraGrammar.DEFAULT;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that Microsoft Entra ID sends in the life of a company, from the first test to deletions. */
class EntraCycleTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("dialects")
  void endsExactlyWhereEntraIs(List<EntraGrammar> spoken) throws Exception {
    try (Cycle cycle = new Cycle("entra", idp -> new Entra(idp, spoken))) {
      cycle.testConnection();
      cycle.hireEverybody();
      cycle.formTeams();
      cycle.appointManagers();
      cycle.requireState();

      cycle.renamePeople();
      cycle.renameATeam();
      cycle.movePeople();
      cycle.changeManagers();
      cycle.repeatItself();
      cycle.testConnection();
      cycle.requireState();

      cycle.disablePeople();
      cycle.requireState();
      cycle.deleteThirtyDaysLater();
      cycle.requireState();
      cycle.requireEvents();
    }
  }

  /** The last one is both on one connection, in turn: on demand Entra always speaks the first. */
  private static Stream<List<EntraGrammar>> dialects() {
    return Stream.of(List.of(DEFAULT), List.of(COMPLIANT), List.of(DEFAULT, COMPLIANT));
  }
}
