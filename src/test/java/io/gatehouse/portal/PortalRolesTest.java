package io.gatehouse.portal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.gatehouse.access.OpenToAll;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A page may do nothing that the admin API would refuse to the same administrator. */
@AnalyzeClasses(
    packages = {"io.gatehouse.portal", "io.gatehouse.admin"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class PortalRolesTest {

  @ArchTest
  static final ArchRule aPageNeedsTheRoleOfEachCallThatItMakes =
      methods()
          .that()
          .areAnnotatedWith(Requires.class)
          .or()
          .areAnnotatedWith(OpenToAll.class)
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage("io.gatehouse.portal..")
          .should(needTheRoleOfEachCall());

  private static ArchCondition<JavaMethod> needTheRoleOfEachCall() {
    return new ArchCondition<>("need the role of each call of the API that they make") {
      @Override
      public void check(JavaMethod page, ConditionEvents events) {
        if (page.getOwner().getPackageName().startsWith("io.gatehouse.portal")) {
          follow(page, page, new HashSet<>(), events);
        }
      }
    };
  }

  /** Follows the calls within the class of the page, so that a private method hides nothing. */
  private static void follow(
      JavaMethod page, JavaCodeUnit from, Set<JavaCodeUnit> seen, ConditionEvents events) {
    if (!seen.add(from)) {
      return;
    }
    for (JavaAccess<?> call : from.getAccessesFromSelf()) {
      Optional<? extends JavaCodeUnit> target = target(call);
      target.flatMap(PortalRolesTest::role).ifPresent(it -> compare(page, call, it, events));
      target
          .filter(it -> it.getOwner().equals(page.getOwner()))
          .ifPresent(it -> follow(page, it, seen, events));
    }
  }

  private static Optional<? extends JavaCodeUnit> target(JavaAccess<?> call) {
    return call.getTarget()
        .resolveMember()
        .filter(JavaCodeUnit.class::isInstance)
        .map(JavaCodeUnit.class::cast);
  }

  private static Optional<Role> role(JavaCodeUnit method) {
    return method.getOwner().getPackageName().startsWith("io.gatehouse.admin")
        ? method.tryGetAnnotationOfType(Requires.class).map(Requires::value)
        : Optional.empty();
  }

  private static void compare(
      JavaMethod page, JavaAccess<?> call, Role needed, ConditionEvents events) {
    Optional<Role> role = page.tryGetAnnotationOfType(Requires.class).map(Requires::value);
    boolean enough = role.filter(it -> it.includes(needed)).isPresent();
    String says = role.map(Role::word).orElse("none");
    events.add(
        new SimpleConditionEvent(
            page, enough, "%s has the role %s: %s".formatted(page.getFullName(), says, call)));
  }
}
