package io.gatehouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The dependency rule of {@code package-info.java}. */
@AnalyzeClasses(packages = "io.gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] PURE = {
    "..scim..",
    "..edge..",
    "..idp..",
    "..command..",
    "..directory..",
    "..change..",
    "..delivery..",
    "..lifecycle..",
    "..inbox..",
    "..audit.."
  };

  @ArchTest
  static final ArchRule purePackagesKnowTheJdkAndTheJsonTreeOnly =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.gatehouse.scim..",
              "io.gatehouse.edge..",
              "io.gatehouse.idp..",
              "io.gatehouse.command..",
              "io.gatehouse.directory..",
              "io.gatehouse.change..",
              "io.gatehouse.delivery..",
              "io.gatehouse.lifecycle..",
              "io.gatehouse.inbox..",
              "io.gatehouse.audit..",
              "java..",
              "javax.crypto..",
              "org.slf4j..",
              "org.jspecify..",
              "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule purePackagesDoNoJdbc =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..");

  @ArchTest
  static final ArchRule onlyCamelKnowsCamel =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gatehouse.camel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  @ArchTest
  static final ArchRule onlyPostgresKnowsJdbc =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gatehouse.postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.jdbc..", "java.sql..");

  @ArchTest
  static final ArchRule onlyBrokerAndEmbeddedKnowArtemis =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gatehouse.broker..", "io.gatehouse.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.activemq..");

  @ArchTest
  static final ArchRule onlyAdaptersOfHttpKnowItsClient =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.gatehouse.idpapi..", "io.gatehouse.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hc..", "io.github.resilience4j..");

  @ArchTest
  static final ArchRule nobodyKnowsTheEmbeddedParts =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gatehouse.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.gatehouse.embedded..");

  @ArchTest
  static final ArchRule stagesAreFreeOfCycles =
      slices().matching("io.gatehouse.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSaySomething =
      noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager|Service)");
}
