package io.gatehouse.scim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What paths resolve to in one definition. Each quirk and each step after it asks for the same
 * paths: names of attributes and extensions are resolved once for the definition, and of other
 * paths the most frequent ones of all tenants are kept.
 */
final class ResolvedPaths {

  private static final int MAX_KEPT = 2_000;

  /** Longer paths are resolved each time, so that they do not fill the memory. */
  private static final int MAX_LENGTH = 256;

  static final Cache<Key, Resolution> KEPT =
      Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).build();

  private final ResourceDefinition definition;
  private final Object owner = new Object();
  private final Map<String, Resolution> names = new ConcurrentHashMap<>();

  /**
   * A path of one definition.
   *
   * @param owner stands for the definition, so that the definition itself is not kept
   */
  record Key(Object owner, String path) {}

  /** What a path leads to, or the error of a path that leads nowhere. */
  record Resolution(Optional<AttributePath> found, @Nullable ScimException error) {

    /** Resolves a path anew. */
    static Resolution of(ResourceDefinition definition, String path) {
      try {
        return new Resolution(Optional.of(AttributePath.read(definition, path)), null);
      } catch (ScimException e) {
        return new Resolution(Optional.empty(), e);
      }
    }

    AttributePath orThrow() {
      if (error != null) {
        throw error;
      }
      return found.orElseThrow();
    }
  }

  ResolvedPaths(ResourceDefinition definition) {
    this.definition = definition;
  }

  Resolution of(String path) {
    Resolution named = names.get(path);
    if (named != null) {
      return named;
    }
    if (isName(path)) {
      return names.computeIfAbsent(path, it -> Resolution.of(definition, it));
    }
    return path.length() > MAX_LENGTH
        ? Resolution.of(definition, path)
        : KEPT.get(new Key(owner, path), it -> Resolution.of(definition, it.path()));
  }

  /** Whether it is an attribute of the resource or an extension, in the spelling of the schema. */
  private boolean isName(String path) {
    return definition.attribute(path).filter(it -> it.name().equals(path)).isPresent()
        || definition.defined(path).filter(it -> it.urn().equals(path)).isPresent();
  }
}
