package io.gatehouse.scim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What paths resolve to in one definition. Each quirk and each step after it asks for the same
 * paths: the names of attributes are resolved once for the definition, and of other paths the most
 * frequent ones of all tenants are kept.
 */
final class ResolvedPaths {

  private static final int MAX_KEPT = 10_000;

  /** Longer paths are resolved each time, so that they do not fill the memory. */
  private static final int MAX_LENGTH = 256;

  static final Cache<Key, Resolution> KEPT =
      Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();

  private final ResourceDefinition definition;
  private final Object owner = new Object();
  private final Map<String, Resolution> names = new HashMap<>();

  /**
   * A path of one definition.
   *
   * @param owner stands for the definition, so that the definition itself is not kept
   */
  record Key(Object owner, String path) {}

  /** What a path leads to, or the error of a path that leads nowhere. */
  record Resolution(Optional<AttributePath> found, @Nullable ScimException refusal) {

    /** Resolves a path that is not kept. */
    static Resolution of(ResourceDefinition definition, String path) {
      try {
        return new Resolution(Optional.of(AttributePath.read(definition, path)), null);
      } catch (ScimException e) {
        return new Resolution(Optional.empty(), e);
      }
    }

    AttributePath required() {
      if (refusal != null) {
        throw refusal;
      }
      return found.orElseThrow();
    }
  }

  ResolvedPaths(ResourceDefinition definition) {
    this.definition = definition;
  }

  /** Resolves the names of the attributes of the resource and the URNs of its extensions. */
  void prepare() {
    definition.names().forEach(it -> names.put(it, Resolution.of(definition, it)));
    definition.extensions().stream()
        .map(it -> it.schema().urn())
        .forEach(it -> names.put(it, Resolution.of(definition, it)));
  }

  Resolution of(String path) {
    Resolution named = names.get(path);
    if (named != null) {
      return named;
    }
    if (path.length() > MAX_LENGTH) {
      return Resolution.of(definition, path);
    }
    Key key = new Key(owner, path);
    Resolution kept = KEPT.getIfPresent(key);
    if (kept == null) {
      kept = Resolution.of(definition, path);
      KEPT.put(key, kept);
    }
    return kept;
  }
}
