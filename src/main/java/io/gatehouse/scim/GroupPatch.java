package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A PATCH of a group, split into attributes and members: members are rows and not part of the
 * document, so that one member more costs the same in a large group (RFC 7644 section 3.5.2).
 *
 * @param attributes the operations on everything but members, in order
 * @param members the changes of the members, in order
 */
public record GroupPatch(List<PatchOperation> attributes, List<MemberChange> members) {

  private static final String MEMBERS = "members";

  /**
   * Splits operations.
   *
   * @throws ScimException 400 when an operation on members is not possible
   */
  public static GroupPatch of(ResourceDefinition definition, List<PatchOperation> operations) {
    List<PatchOperation> attributes = new ArrayList<>();
    List<MemberChange> members = new ArrayList<>();
    for (PatchOperation operation : operations) {
      String path = operation.path();
      if (path == null) {
        withoutPath(definition, operation, attributes, members);
      } else {
        AttributePath parsed = AttributePath.parse(definition, path);
        if (isMembers(parsed)) {
          members.add(change(operation.kind(), parsed, operation.value()));
        } else {
          attributes.add(operation);
        }
      }
    }
    return new GroupPatch(List.copyOf(attributes), List.copyOf(members));
  }

  private static boolean isMembers(AttributePath path) {
    return path.extension() == null
        && Objects.requireNonNull(path.attribute()).name().equals(MEMBERS);
  }

  private static void withoutPath(
      ResourceDefinition definition,
      PatchOperation operation,
      List<PatchOperation> attributes,
      List<MemberChange> members) {
    if (!(operation.value() instanceof ObjectNode value)) {
      attributes.add(operation);
      return;
    }
    ObjectNode rest = value.deepCopy();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      Optional<AttributePath> path =
          AttributePath.find(definition, member.getKey())
              .filter(it -> it.attribute() != null && isMembers(it));
      if (path.isPresent()) {
        rest.remove(member.getKey());
        members.add(change(operation.kind(), path.get(), member.getValue()));
      }
    }
    attributes.add(new PatchOperation(operation.kind(), null, rest));
  }

  private static MemberChange change(PatchOperation.Kind kind, AttributePath path, JsonNode value) {
    if (path.sub() != null) {
      throw unchangeable();
    }
    FilterCondition filter = path.filter();
    if (filter == null) {
      return whole(kind, value);
    }
    Optional<Set<String>> values = values(filter);
    if (kind == PatchOperation.Kind.REMOVE) {
      return values
          .<MemberChange>map(MemberChange.Remove::new)
          .orElseGet(() -> new MemberChange.RemoveMatching(filter));
    }
    return selected(kind, values.orElseThrow(GroupPatch::unchangeable), value);
  }

  /**
   * The change of members selected by ids: they can join, leave or stay, but not change their value
   * (RFC 7643 section 4.2). An add may have the ids in its path only (quirk ENTRA-59).
   */
  private static MemberChange selected(PatchOperation.Kind kind, Set<String> ids, JsonNode value) {
    boolean adds = kind == PatchOperation.Kind.ADD;
    if (!adds && value.isMissingNode()) {
      throw ScimException.invalidValue("A replace operation needs a 'value'.");
    }
    if (!adds && Json.isNothing(value)) {
      return new MemberChange.Require(ids, true);
    }
    if (adds && Json.unassigned(value)) {
      return new MemberChange.Add(ids.stream().map(it -> new GroupMember(it, null)).toList());
    }
    List<GroupMember> named = GroupMember.list(value);
    if (!ids.equals(new HashSet<>(named.stream().map(GroupMember::value).toList()))) {
      throw unchangeable();
    }
    return adds ? new MemberChange.Add(named) : new MemberChange.Require(ids, false);
  }

  private static ScimException unchangeable() {
    return ScimException.mutability("The 'value' of a member cannot be changed.");
  }

  /**
   * The change of an operation without a filter. A removal with a list removes these members only;
   * by the RFC it would empty the group (quirk ENTRA-58, checklist S37).
   */
  private static MemberChange whole(PatchOperation.Kind kind, JsonNode value) {
    if (kind == PatchOperation.Kind.REMOVE) {
      return value.isMissingNode() || value.isNull()
          ? new MemberChange.Assign(List.of())
          : new MemberChange.Remove(
              new HashSet<>(GroupMember.list(value).stream().map(GroupMember::value).toList()));
    }
    if (value.isMissingNode()) {
      throw ScimException.invalidValue("An add or replace operation needs a 'value'.");
    }
    return kind == PatchOperation.Kind.ADD
        ? new MemberChange.Add(GroupMember.list(value))
        : new MemberChange.Assign(GroupMember.list(value));
  }

  /** The ids of a filter that only names ids; else empty: {@code value eq "a" or value eq "b"}. */
  private static Optional<Set<String>> values(FilterCondition filter) {
    Set<String> values = new HashSet<>();
    return collect(filter, values) ? Optional.of(values) : Optional.empty();
  }

  private static boolean collect(FilterCondition filter, Set<String> values) {
    if (filter instanceof FilterCondition.Or or) {
      return or.terms().stream().allMatch(term -> collect(term, values));
    }
    String value = named(filter);
    if (value != null) {
      values.add(value);
    }
    return value != null;
  }

  private static @Nullable String named(FilterCondition filter) {
    return filter instanceof FilterCondition.Compare compare
            && compare.operator() == FilterCondition.Operator.EQ
            && compare.field().path().equals(List.of("value"))
            && compare.value() instanceof TextNode text
        ? text.textValue()
        : null;
  }
}
