package io.gatehouse.scim;

import io.gatehouse.scim.FilterCondition.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Resolves the names in a filter.
 *
 * <p>The path to an attribute is a list of fields, each relative to an element of the one before:
 * {@code emails.type} is {@code [emails]}, then {@code [type]}, whereas {@code name.familyName} is
 * one field.
 */
interface FilterNames {

  /** The path to the attribute of this name, in any case; empty when there is none. */
  Optional<Way> find(String name);

  /**
   * The path to an attribute.
   *
   * @param through multi-valued attributes
   * @param lacking whether only another type has it
   */
  record Way(List<Field> through, Field field, boolean lacking) {}

  /** The names of a type; those of others are found, too. */
  static FilterNames of(ResourceDefinition definition, ResourceDefinition... others) {
    return name ->
        way(definition, name)
            .or(
                () ->
                    Arrays.stream(others)
                        .flatMap(other -> way(other, name).stream())
                        .map(way -> new Way(way.through(), way.field(), true))
                        .findFirst());
  }

  /** The names inside {@code attribute[...]}; a simple element is its own {@code value}. */
  static FilterNames inside(Attribute attribute) {
    return name -> {
      if (!attribute.complex()) {
        return name.toLowerCase(Locale.ROOT).equals("value")
            ? Optional.of(new Way(List.of(), new Field(List.of(), attribute), false))
            : Optional.empty();
      }
      return attribute
          .sub(name)
          .map(sub -> new Way(List.of(), new Field(List.of(sub.name()), sub), false));
    };
  }

  private static Optional<Way> way(ResourceDefinition definition, String name) {
    int colon = ResourceReader.isUrn(name) ? name.lastIndexOf(':') : -1;
    String urn = name.substring(0, Math.max(colon, 0));
    String local = name.substring(colon + 1);
    int dot = local.indexOf('.');
    String head = dot < 0 ? local : local.substring(0, dot);
    return top(definition, urn, head)
        .flatMap(
            top ->
                dot < 0
                    ? Optional.of(new Way(List.of(), top, false))
                    : sub(top, local.substring(dot + 1)));
  }

  private static Optional<Field> top(ResourceDefinition definition, String urn, String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    if (urn.isEmpty() || definition.isCore(urn)) {
      Optional<Field> core =
          definition.attribute(name).map(it -> new Field(List.of(it.name()), it));
      return urn.isEmpty() ? core.or(() -> unqualified(definition, name)) : core;
    }
    return definition.extension(urn).flatMap(schema -> in(schema, name));
  }

  /** Clients leave the URN out where they can do without. */
  private static Optional<Field> unqualified(ResourceDefinition definition, String name) {
    return definition.extensions().stream()
        .flatMap(extension -> in(extension.schema(), name).stream())
        .findFirst();
  }

  private static Optional<Field> in(Schema schema, String name) {
    return schema
        .attribute(name)
        .map(attribute -> new Field(List.of(schema.urn(), attribute.name()), attribute));
  }

  private static Optional<Way> sub(Field top, String name) {
    return top.attribute().sub(name).map(sub -> join(top, sub));
  }

  /** A sub-attribute is reached through the elements, or straight when there is one value. */
  private static Way join(Field field, Attribute sub) {
    if (field.attribute().multiValued()) {
      return new Way(List.of(field), new Field(List.of(sub.name()), sub), false);
    }
    List<String> path = new ArrayList<>(field.path());
    path.add(sub.name());
    return new Way(List.of(), new Field(List.copyOf(path), sub), false);
  }

  /**
   * The way to what is compared: a complex attribute stands for its {@code value}, a simple
   * multi-valued one for each of its elements (RFC 7644 section 3.4.2.2, figure 2).
   */
  static Optional<Way> toValue(Way way) {
    Field field = way.field();
    List<Field> through = new ArrayList<>(way.through());
    if (field.attribute().complex()) {
      return field
          .attribute()
          .sub("value")
          .map(sub -> join(field, sub))
          .flatMap(
              end -> {
                through.addAll(end.through());
                return toValue(new Way(List.copyOf(through), end.field(), way.lacking()));
              });
    }
    if (field.attribute().multiValued() && !field.path().isEmpty()) {
      through.add(field);
      Field element = new Field(List.of(), field.attribute());
      return Optional.of(new Way(List.copyOf(through), element, way.lacking()));
    }
    return Optional.of(way);
  }

  /** An attribute name of RFC 7643 section 2.1, {@code $ref} among them. */
  static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c >= 128 || !Character.isLetterOrDigit(c)) && c != '-' && c != '_' && c != '$') {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
