package io.gatehouse.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of one tenant: those of the RFCs, and the extensions that the tenant has defined. The
 * definitions are made when first wanted and kept, because every step of a request asks for them.
 */
public final class Schemas {

  /** The schemas of the service itself: RFC 7643 section 8.7.2 with its errata, and RFC 9865. */
  private static final List<Schema> OF_THE_SERVICE =
      List.of(
          Schema.load("ServiceProviderConfig.json"),
          Schema.load("ResourceType.json"),
          Schema.load("Schema.json"));

  /** The schemas of a new tenant. */
  public static final Schemas STANDARD = new Schemas(List.of(), false);

  /**
   * A schema that adds attributes to a type (RFC 7643 section 3.3).
   *
   * @param required whether a resource without it is refused
   */
  public record Extension(ResourceType type, Schema schema, boolean required) {}

  /**
   * An extension that was deleted or narrowed: resources of the type may still have values that it
   * no longer defines, which must not be shown.
   *
   * @param urn in lower case
   */
  public record Retired(ResourceType type, String urn) {}

  private final List<Extension> custom;
  private final boolean open;
  private final Set<Retired> retired;
  private final Map<ResourceType, ResourceDefinition> definitions = new ConcurrentHashMap<>();
  private volatile @Nullable Schemas opened;

  /** Creates the schemas of a tenant without retired extensions. */
  public Schemas(List<Extension> custom, boolean open) {
    this(custom, open, Set.of());
  }

  /**
   * Creates the schemas of a tenant.
   *
   * @param open whether undefined extensions are stored unchanged, so that a later definition finds
   *     their values
   */
  public Schemas(List<Extension> custom, boolean open, Set<Retired> retired) {
    this.custom = custom;
    this.open = open;
    this.retired = retired;
  }

  /** The extensions that the tenant has defined. */
  public List<Extension> custom() {
    return custom;
  }

  /** Whether undefined extensions are stored unchanged. */
  public boolean open() {
    return open;
  }

  /** The extensions that were deleted or narrowed lately. */
  public Set<Retired> retired() {
    return retired;
  }

  /** The same schemas, with undefined extensions stored unchanged. */
  public Schemas opened() {
    Schemas made = open ? this : opened;
    if (made == null) {
      made = new Schemas(custom, true, retired);
      opened = made;
    }
    return made;
  }

  /** The definition of a resource of this type. */
  public ResourceDefinition definition(ResourceType type) {
    return definitions.computeIfAbsent(type, this::define);
  }

  private ResourceDefinition define(ResourceType type) {
    List<Extension> all = new ArrayList<>();
    type.extensions().forEach(schema -> all.add(new Extension(type, schema, false)));
    custom.stream().filter(it -> it.type() == type).forEach(all::add);
    return new ResourceDefinition(type, List.copyOf(all), open, retired(type));
  }

  private Set<String> retired(ResourceType type) {
    return retired.isEmpty()
        ? Set.of()
        : retired.stream()
            .filter(it -> it.type() == type)
            .map(it -> it.urn().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The part of a stored document that may be shown: the same object, if all of it may. */
  public ObjectNode shown(ResourceType type, ObjectNode document) {
    return retired.isEmpty()
        ? document
        : ConformingValues.ofStored(definition(type), document).document();
  }

  /** All schemas that {@code /Schemas} shows. */
  public List<Schema> published() {
    List<Schema> all = new ArrayList<>();
    for (ResourceType type : ResourceType.values()) {
      all.add(type.core());
      definition(type).extensions().forEach(it -> all.add(it.schema()));
    }
    all.addAll(OF_THE_SERVICE);
    return all;
  }
}
