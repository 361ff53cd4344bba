package io.gatehouse.idp;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that Okta sends in the life of a company; it never deletes anybody. */
class OktaCycleTest {

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void endsExactlyWhereOktaIs(OktaApplication application) throws Exception {
    try (Cycle cycle = new Cycle("okta", idp -> new Okta(idp, application))) {
      cycle.testConnection();
      cycle.appointManagers();
      cycle.hireEverybody();
      cycle.formTeams();
      cycle.requireState();

      cycle.renamePeople();
      cycle.renameATeam();
      cycle.movePeople();
      cycle.changeManagers();
      cycle.repeatItself();
      cycle.requireState();

      cycle.disablePeople();
      cycle.removeTheDisabledFromTeams();
      cycle.requireState();
      cycle.requireEvents();
    }
  }
}
