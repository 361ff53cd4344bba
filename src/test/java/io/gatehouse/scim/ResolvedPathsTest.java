package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.ResolvedPaths.Resolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path is resolved once, and what is kept of it does not fill the memory. */
class ResolvedPathsTest {

  private static final ResourceDefinition USER =
      Schemas.STANDARD.opened().definition(ResourceType.USER);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName",
        "USERNAME",
        "name.givenName",
        "emails[type eq \"work\"].value",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "urn:acme:User:badge",
        "favouriteColour",
        "emails[type eq"
      })
  void resolvesAPathOnce(String path) {
    Resolution first = USER.paths().of(path);

    assertThat(USER.paths().of(new StringBuilder(path).toString())).isSameAs(first);
    assertThat(first).isEqualTo(withoutMemory(path, first));
  }

  @Test
  void resolvesALongPathEachTime() {
    String path = "emails[value eq \"%s\"]".formatted("x".repeat(256));

    assertThat(USER.paths().of(path)).isNotSameAs(USER.paths().of(path));
    assertThat(AttributePath.find(USER, path)).isEqualTo(AttributePath.find(USER, path));
    assertThat(AttributePath.find(USER, path)).isPresent();
  }

  @Test
  void resolvesAPathByTheDefinitionOfItsTenant() {
    String path = Shapes.URN + ":level";

    assertThat(AttributePath.find(Schemas.STANDARD.definition(ResourceType.USER), path)).isEmpty();
    assertThat(AttributePath.find(Shapes.USER, path)).isPresent();
    assertThat(AttributePath.find(Shapes.GROUP, path)).isEmpty();
    assertThat(AttributePath.find(USER, path).orElseThrow().attribute())
        .extracting(Attribute::type)
        .isEqualTo(Attribute.Type.ANY);
  }

  @Test
  void keepsABoundedNumberOfPaths() {
    for (int i = 0; i < 30_000; i++) {
      USER.paths().of("urn:acme:User:badge" + i);
    }
    ResolvedPaths.KEPT.cleanUp();

    assertThat(ResolvedPaths.KEPT.estimatedSize()).isBetween(1L, 2_000L);
  }

  /** The same resolution, made anew; an error is equal if it says the same. */
  private static Resolution withoutMemory(String path, Resolution kept) {
    Resolution made = Resolution.of(USER, path);
    if (made.error() == null || kept.error() == null) {
      return made;
    }
    assertThat(kept.error().refusal()).isEqualTo(made.error().refusal());
    return kept;
  }
}
