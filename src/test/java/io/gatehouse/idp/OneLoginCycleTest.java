package io.gatehouse.idp;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that OneLogin sends in the life of a company; it never renames a group. */
class OneLoginCycleTest {

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void endsExactlyWhereOneLoginIs(OneLoginConnector connector) throws Exception {
    try (Cycle cycle = new Cycle("onelogin", idp -> new OneLogin(idp, connector))) {
      cycle.testConnection();
      cycle.appointManagers();
      cycle.hireEverybody();
      cycle.formTeams();
      cycle.requireState();

      cycle.renamePeople();
      cycle.movePeople();
      cycle.changeManagers();
      cycle.repeatItself();
      cycle.requireState();

      cycle.disablePeople();
      cycle.requireState();
      cycle.deleteThirtyDaysLater();
      cycle.requireState();
      cycle.requireEvents();
    }
  }
}
