package io.gatehouse.postgres;

import com.fasterxml.jackson.databind.node.ValueNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A filter as a condition with bind parameters. Knows {@code eq} on userName, externalId and id,
 * joined by {@code and}; everything else is declined, never answered with all users (RFC 7644
 * section 3.4.2.2, quirk ENTRA-15).
 *
 * @param sql built from constants only
 * @param parameters in the order of their marks
 */
record SqlFilter(String sql, List<Object> parameters) {

  static SqlFilter of(@Nullable Filter filter) {
    if (filter == null) {
      return new SqlFilter("true", List.of());
    }
    if (filter.getFilterType() == FilterType.AND) {
      return and(filter.getCombinedFilters());
    }
    if (filter.getFilterType() == FilterType.EQUAL) {
      return equal(attribute(filter.getAttributePath()), filter.getComparisonValue());
    }
    throw declined(filter.toString());
  }

  private static SqlFilter and(List<Filter> terms) {
    List<String> conditions = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    for (Filter term : terms) {
      SqlFilter one = of(term);
      conditions.add(one.sql);
      parameters.addAll(one.parameters);
    }
    return new SqlFilter("(" + String.join(" and ", conditions) + ")", parameters);
  }

  private static String attribute(Path path) {
    String urn = path.getSchemaUrn();
    boolean core =
        path.size() == 1 && (urn == null || ResourceType.USER.core().urn().equalsIgnoreCase(urn));
    return core ? path.getLastElement().toString().toLowerCase(Locale.ROOT) : path.toString();
  }

  private static SqlFilter equal(String attribute, ValueNode value) {
    if (!value.isTextual()) {
      throw ScimException.invalidFilter("'" + attribute + "' is compared with a string.");
    }
    String text = value.textValue();
    return switch (attribute) {
      case "username" -> new SqlFilter("user_name_key = ?", List.of(NameKey.of(text)));
      case "externalid" -> new SqlFilter("external_id = ?", List.of(text));
      case "id" -> id(text);
      default -> throw declined(attribute);
    };
  }

  private static SqlFilter id(String text) {
    try {
      return new SqlFilter("id = ?", List.of(UUID.fromString(text)));
    } catch (IllegalArgumentException e) {
      return new SqlFilter("false", List.of());
    }
  }

  private static ScimException declined(String what) {
    return ScimException.invalidFilter(
        "Filters are 'eq' on userName, externalId or id, joined by 'and'; not " + what + ".");
  }
}
