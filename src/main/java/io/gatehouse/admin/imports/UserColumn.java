package io.gatehouse.admin.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.FilterTokens;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.LexicalTypes;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ScimException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table of resources: the attribute that its name stands for, and the conversion of
 * cells to values.
 */
public final class UserColumn {

  private static final String WORK_EMAIL = "emails[type eq \"work\"]";
  private static final String EMAIL = "email";

  /** Common names of SCIM attributes, by lower-case name. */
  private static final Map<String, String> ALIASES =
      Map.of(
          EMAIL,
          WORK_EMAIL + ".value",
          "givenname",
          "name.givenName",
          "familyname",
          "name.familyName");

  private static final int MAX_DIGITS = 400;

  private final String name;
  private final String path;
  private final AttributePath target;
  private final Attribute leaf;

  private UserColumn(String name, String path, AttributePath target, Attribute leaf) {
    this.name = name;
    this.path = path;
    this.target = target;
    this.leaf = leaf;
  }

  /**
   * Finds the attribute of a column name.
   *
   * @param name an attribute path in any case, with or without the URN of an extension; or {@code
   *     email}, {@code givenName}, {@code familyName}
   * @throws ScimException 400 invalidPath when it names no attribute that one cell can hold
   */
  public static UserColumn of(ResourceDefinition definition, String name) {
    String path = path(definition, ALIASES.getOrDefault(name.toLowerCase(Locale.ROOT), name));
    AttributePath target =
        AttributePath.find(definition, path)
            .orElseThrow(() -> wrong(name, "names no attribute of a user"));
    Attribute attribute = target.attribute();
    Attribute leaf = target.sub() == null ? attribute : target.sub();
    if (attribute == null || leaf == null || leaf.complex()) {
      boolean list = attribute != null && attribute.multiValued();
      String part = list ? WORK_EMAIL + ".value" : "name.givenName";
      throw wrong(name, "has parts; name one of them, as in '" + part + "'");
    }
    if (!writable(attribute) || !writable(leaf) || attribute.name().equals("schemas")) {
      throw wrong(name, "cannot be set");
    }
    if (target.sub() != null && attribute.multiValued() && !describes(target.filter())) {
      throw wrong(name, "must say which element it means, as in '" + WORK_EMAIL + ".value'");
    }
    return new UserColumn(name, path, target, leaf);
  }

  /** The URN may be left out, as in filters. */
  private static String path(ResourceDefinition definition, String name) {
    return AttributePath.find(definition, name).isPresent()
        ? name
        : definition.extensions().stream()
            .map(it -> it.schema().urn() + ":" + name)
            .filter(it -> AttributePath.find(definition, it).isPresent())
            .findFirst()
            .orElse(name);
  }

  private static boolean writable(Attribute attribute) {
    return !attribute.readOnly() && attribute.mutability() != Attribute.Mutability.WRITEONLY;
  }

  /** Whether an element that matches the filter can be constructed. */
  private static boolean describes(@Nullable FilterCondition filter) {
    return filter instanceof FilterCondition.And and
        ? and.terms().stream().allMatch(UserColumn::describes)
        : filter instanceof FilterCondition.Compare compare
            && compare.operator() == FilterCondition.Operator.EQ;
  }

  private static ScimException wrong(String name, String why) {
    return ScimException.invalidPath("The column " + FilterTokens.shown(name) + " " + why + ".");
  }

  /** The name in the header of the table. */
  public String name() {
    return name;
  }

  /** Whether it is this attribute of the core schema, under any of its names. */
  public boolean isCore(String attribute) {
    return target.extension() == null && target.sub() == null && leaf.name().equals(attribute);
  }

  /** Whether another column stands for the same attribute. */
  public boolean isSameAs(UserColumn other) {
    return target.equals(other.target);
  }

  /**
   * Whether it must be applied before the other columns, because it sets defaults that they
   * override.
   */
  public boolean isEmail() {
    return name.equalsIgnoreCase(EMAIL);
  }

  /**
   * The operations that a cell stands for.
   *
   * @return nothing for an empty cell
   * @throws ScimException 400 invalidValue when the text is no value of the attribute's type
   */
  public List<PatchOperation> add(String cell) {
    if (cell.isBlank()) {
      return List.of();
    }
    PatchOperation value = add(path, value(cell));
    return isEmail()
        ? List.of(value, add(WORK_EMAIL + ".primary", BooleanNode.TRUE))
        : List.of(value);
  }

  private static PatchOperation add(String path, JsonNode value) {
    return new PatchOperation(PatchOperation.Kind.ADD, path, value);
  }

  private JsonNode value(String cell) {
    if (!Json.isText(cell)) {
      throw ScimException.invalidValue("'" + name + "' contains NUL.");
    }
    String text = cell.strip();
    return switch (leaf.type()) {
      case BOOLEAN -> flag(text).orElseThrow(() -> notA("boolean: true or false"));
      case DECIMAL -> number(text).orElseThrow(() -> notA("decimal"));
      case INTEGER ->
          number(text).filter(JsonNode::isIntegralNumber).orElseThrow(() -> notA("integer"));
      default -> TextNode.valueOf(cell);
    };
  }

  private static Optional<JsonNode> flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(BooleanNode.TRUE);
      case "false" -> Optional.of(BooleanNode.FALSE);
      default -> Optional.empty();
    };
  }

  private static Optional<JsonNode> number(String text) {
    try {
      return Optional.of(text)
          .filter(it -> it.length() <= MAX_DIGITS)
          .map(BigDecimal::new)
          .filter(Json::isNumber)
          .flatMap(it -> LexicalTypes.canonical(Attribute.Type.DECIMAL, DecimalNode.valueOf(it)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private ScimException notA(String type) {
    return ScimException.invalidValue("'" + name + "' must be a " + type + ".");
  }
}
