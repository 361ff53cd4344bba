package io.gatehouse.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.FilterCondition.Field;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of the attributes of a resource type that are stored outside its document, or also
 * there.
 *
 * @param name of the table, by which all of its columns are qualified
 * @param type of the resources
 * @param keys top-level attributes that a column with an index answers {@code eq} for
 * @param derived the attribute whose elements are rows elsewhere
 */
record SqlTable(String name, ResourceType type, Map<String, Key> keys, Derived derived) {

  static final SqlTable PERSON =
      new SqlTable(
          "person",
          ResourceType.USER,
          Map.of(
              "userName", new Key("user_name_key", true, true),
              "externalId", new Key("external_id", false, false)),
          new Derived(
              "groups",
              "user_group d where d.tenant_id = person.tenant_id and d.user_id = person.id",
              Map.of("value", "d.group_id", "display", "d.display_name_key")));

  static final SqlTable PERSON_GROUP =
      new SqlTable(
          "person_group",
          ResourceType.GROUP,
          Map.of(
              "displayName", new Key("display_name_key", true, true),
              "externalId", new Key("external_id", false, false)),
          new Derived(
              "members",
              "group_member d where d.tenant_id = person_group.tenant_id and d.group_id = person_group.id",
              Map.of("value", "d.member_id", "type", "lower(d.type)")));

  /**
   * A column with an index.
   *
   * @param folded whether it has the form of {@link NameKey}
   * @param unique whether one resource at most, of those that a caller may see, has a value
   */
  record Key(String column, boolean folded, boolean unique) {
    String form(JsonNode value) {
      return folded ? NameKey.of(value.textValue()) : value.textValue();
    }
  }

  /**
   * A multi-valued attribute whose elements are rows.
   *
   * @param rows of one resource, for a {@code from} clause
   * @param columns by sub-attribute; {@code value} is a uuid, the others are folded text
   */
  record Derived(String attribute, String rows, Map<String, String> columns) {
    boolean is(Field field) {
      return field.path().equals(List.of(attribute));
    }
  }

  static SqlTable of(ResourceType type) {
    return type == ResourceType.USER ? PERSON : PERSON_GROUP;
  }

  /** The condition that excludes rows that are hidden from SCIM clients. */
  String shown() {
    return type == ResourceType.USER ? " and person.deleted_at is null" : "";
  }

  String column(String column) {
    return name + "." + column;
  }

  Optional<Key> key(Field field) {
    return field.path().size() == 1
        ? Optional.ofNullable(keys.get(field.path().get(0)))
        : Optional.empty();
  }

  /** The value of an attribute of the server that is not in the document; never null. */
  Optional<SqlFragment> own(Field field) {
    return switch (String.join(".", field.path())) {
      case "id", "meta", "meta.location" -> Optional.of(text(column("id") + "::text"));
      case "meta.resourceType" -> Optional.of(text("'" + type.label() + "'"));
      case "meta.version" -> Optional.of(text("'W/\"' || " + column("version") + " || '\"'"));
      case "meta.created" -> Optional.of(SqlFragment.of(column("created_at")));
      case "meta.lastModified" -> Optional.of(SqlFragment.of(column("modified_at")));
      default -> Optional.empty();
    };
  }

  private static SqlFragment text(String expression) {
    return SqlFragment.of("(" + expression + ") collate \"C\"");
  }
}
