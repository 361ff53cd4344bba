package io.gatehouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.crypto.Mac;

/** The dependency rules of {@code package-info.java}. */
@AnalyzeClasses(packages = "io.gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] PURE =
      packages(
          "crypto",
          "http",
          "scim",
          "store",
          "command",
          "change",
          "lifecycle",
          "tenant",
          "audit",
          "access",
          "signin",
          "directory",
          "delivery",
          "edge",
          "inbox",
          "idp",
          "webhook");

  private static final String[] ADAPTERS = {
    "admin",
    "broker",
    "camel",
    "embedded",
    "feedapi",
    "idpapi",
    "logging",
    "portal",
    "postgres",
    "security",
    "server",
    "tracing",
    "webhookclient"
  };

  private static final String[] ALLOWED_LIBRARIES = {
    "java..",
    "javax.crypto..",
    "org.slf4j..",
    "org.jspecify..",
    "com.fasterxml.jackson..",
    "com.github.benmanes.caffeine.cache",
    "io.github.bucket4j.."
  };

  /** Of libraries, only the JSON tree and what keeps limits and caches in memory. */
  @ArchTest
  static final ArchRule purePackagesKnowTheJdkAndFewLibrariesOnly =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              Stream.concat(Arrays.stream(PURE), Arrays.stream(ALLOWED_LIBRARIES))
                  .toArray(String[]::new));

  @ArchTest
  static final ArchRule purePackagesDoNoJdbc =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..");

  @ArchTest
  static final ArchRule onlyTheseKeepCaches =
      onlyKnownTo(
          "com.github.benmanes.caffeine..", "edge", "postgres", "scim", "security", "signin");

  @ArchTest
  static final ArchRule onlyTheseLimitRates =
      onlyKnownTo("io.github.bucket4j..", "edge", "security", "signin");

  @ArchTest
  static final ArchRule onlyTheseBreakCircuits =
      onlyKnownTo("io.github.resilience4j..", "camel", "idpapi");

  @ArchTest
  static final ArchRule cryptoAndHttpKnowTheJdkOnly =
      classes()
          .that()
          .resideInAnyPackage(packages("crypto", "http"))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.crypto..",
              "org.jspecify..",
              "io.gatehouse.crypto..",
              "io.gatehouse.http..");

  @ArchTest
  static final ArchRule onlyCryptoComputesDigests =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gatehouse.crypto..")
          .should()
          .callMethod(MessageDigest.class, "getInstance", String.class)
          .orShould()
          .callMethod(Mac.class, "getInstance", String.class);

  /** Each stage knows only those before it. */
  @ArchTest
  static final ArchRule stagesKnowOnlyThoseBeforeThem =
      layers(
              "scim",
              "store",
              "command",
              "change",
              "lifecycle",
              "tenant",
              "audit",
              "access",
              "signin",
              "directory",
              "delivery",
              "edge",
              "inbox",
              "idp",
              "webhook")
          .whereLayer("scim")
          .mayNotAccessAnyLayer()
          .whereLayer("store")
          .mayNotAccessAnyLayer()
          .whereLayer("command")
          .mayOnlyAccessLayers("scim")
          .whereLayer("change")
          .mayOnlyAccessLayers("scim", "store", "command")
          .whereLayer("lifecycle")
          .mayOnlyAccessLayers("scim", "store", "command")
          .whereLayer("tenant")
          .mayOnlyAccessLayers("scim", "store", "command")
          .whereLayer("audit")
          .mayOnlyAccessLayers("scim", "store", "command", "change")
          .whereLayer("access")
          .mayOnlyAccessLayers("tenant")
          .whereLayer("signin")
          .mayOnlyAccessLayers("tenant", "audit")
          .whereLayer("directory")
          .mayOnlyAccessLayers("scim", "store", "command", "change", "lifecycle", "audit")
          .whereLayer("delivery")
          .mayOnlyAccessLayers("scim", "store", "change", "audit")
          .whereLayer("edge")
          .mayOnlyAccessLayers("scim", "store", "command", "tenant", "directory")
          .whereLayer("inbox")
          .mayOnlyAccessLayers("scim", "store", "command", "tenant", "directory")
          .whereLayer("idp")
          .mayOnlyAccessLayers("scim", "command", "edge")
          .whereLayer("webhook")
          .mayOnlyAccessLayers("scim", "store", "tenant", "inbox");

  /** Adapters do not know each other, but for these. */
  @ArchTest
  static final ArchRule adaptersKnowNoOthersButForThese =
      layers(ADAPTERS)
          .whereLayer("admin")
          .mayOnlyAccessLayers("broker", "security", "server")
          .whereLayer("broker")
          .mayNotAccessAnyLayer()
          .whereLayer("camel")
          .mayOnlyAccessLayers("broker", "security")
          .whereLayer("embedded")
          .mayOnlyAccessLayers("broker", "postgres")
          .whereLayer("feedapi")
          .mayOnlyAccessLayers("admin", "security")
          .whereLayer("idpapi")
          .mayOnlyAccessLayers("webhookclient")
          .whereLayer("logging")
          .mayNotAccessAnyLayer()
          .whereLayer("portal")
          .mayOnlyAccessLayers("admin", "broker", "security")
          .whereLayer("postgres")
          .mayNotAccessAnyLayer()
          .whereLayer("security")
          .mayOnlyAccessLayers("server", "webhookclient")
          .whereLayer("server")
          .mayNotAccessAnyLayer()
          .whereLayer("tracing")
          .mayNotAccessAnyLayer()
          .whereLayer("webhookclient")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule onlyTracingKnowsItsLibrary = onlyKnownTo("io.opentelemetry..", "tracing");

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
          .resideOutsideOfPackages("io.gatehouse.idpapi..", "io.gatehouse.webhookclient..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hc..");

  @ArchTest
  static final ArchRule nothingKnowsTheEmbeddedParts =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gatehouse.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.gatehouse.embedded..");

  @ArchTest
  static final ArchRule nothingKnowsTheWiring =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gatehouse.wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.gatehouse.wiring..");

  @ArchTest
  static final ArchRule stagesAreFreeOfCycles =
      slices().matching("io.gatehouse.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule subPackagesAreFreeOfCycles =
      slices().matching("io.gatehouse.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSaySomething =
      noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager|Service)");

  private static ArchRule onlyKnownTo(String library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages(packages))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(it -> "io.gatehouse." + it + "..").toArray(String[]::new);
  }

  private static LayeredArchitecture layers(String... names) {
    LayeredArchitecture layered = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : names) {
      layered = layered.layer(name).definedBy("io.gatehouse." + name + "..");
    }
    return layered;
  }
}
