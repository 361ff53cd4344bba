package io.gatehouse.idp;

import io.gatehouse.command.RestoreCriteria;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The catalogue: every quirk under the name that route files use. */
public final class Quirks {

  private static final Map<String, Quirk> CATALOGUE = new LinkedHashMap<>();

  static {
    CATALOGUE.put("none", request -> request);
    CATALOGUE.put("schemas-from-address", new SchemasFromAddress());
    CATALOGUE.put("plain-json-if-asked", new PlainJsonIfAsked());
    CATALOGUE.put("empty-parameters-as-none", new EmptyParametersAsNone());
    CATALOGUE.put("fold-operation-names", new FoldOperationNames());
    CATALOGUE.put("empty-operations-as-none", new EmptyOperationsAsNone());
    CATALOGUE.put("blank-paths-as-none", new BlankPathsAsNone());
    CATALOGUE.put("operations-from-resources", new OperationsFromResources());
    CATALOGUE.put("keep-unknown-extensions", new KeepUnknownExtensions());
    CATALOGUE.put("double-quotes-from-single", new DoubleQuotesFromSingle());
    CATALOGUE.put("operations-from-lists", new OperationsFromLists());
    CATALOGUE.put("fold-schema-urns", new FoldSchemaUrns());
    CATALOGUE.put("qualify-enterprise-names", new QualifyEnterpriseNames());
    CATALOGUE.put("filters-as-meant", new FiltersAsMeant());
    CATALOGUE.put("paths-from-keys", new PathsFromKeys());
    CATALOGUE.put("attributes-from-paths", new AttributesFromPaths());
    CATALOGUE.put("split-joined-values", new SplitJoinedValues());
    CATALOGUE.put("arrays-from-objects", new ArraysFromObjects());
    CATALOGUE.put("elements-from-lists", new ElementsFromLists());
    CATALOGUE.put("elements-from-strings", new ElementsFromStrings());
    CATALOGUE.put("display-from-display-name", new DisplayFromDisplayName());
    CATALOGUE.put("manager-from-string", new ManagerFromString());
    CATALOGUE.put("single-values-from-lists", new SingleValuesFromLists());
    CATALOGUE.put("booleans-from-strings", new BooleansFromStrings());
    CATALOGUE.put("strings-from-numbers", new StringsFromNumbers());
    CATALOGUE.put("one-primary-of-several", new OnePrimaryOfSeveral());
    CATALOGUE.put("blanks-as-unassigned", new BlanksAsUnassigned());
    CATALOGUE.put("leave-out-unreadable-values", new LeaveOutUnreadableValues());
    CATALOGUE.put("leave-out-unknown-attributes", new LeaveOutUnknownAttributes());
    CATALOGUE.put("leave-out-read-only-attributes", new LeaveOutReadOnlyAttributes());
    CATALOGUE.put("leave-out-unknown-members", new LeaveOutUnknownMembers());
    CATALOGUE.put("keep-external-id", new KeepExternalId());
    CATALOGUE.put("keep-email-types", new KeepEmailTypes());
    CATALOGUE.put("keep-what-put-omits", new KeepWhatPutOmits());
    CATALOGUE.put("create-missing-elements", new CreateMissingElements());
    CATALOGUE.put(
        "replace-members-adds", new ReplaceMembersAdds("replace-members-adds", "additive"));
    CATALOGUE.put(
        "replace-members-adds-if-set",
        new ReplaceMembersAdds("replace-members-adds-if-set", "exact"));
    CATALOGUE.put("never-sink-a-deactivation", new NeverSinkADeactivation());
    CATALOGUE.put("answer-group-patches-briefly", new AnswerGroupPatchesBriefly());
    CATALOGUE.put("restore-on-create", new RestoreOnCreate());
    CATALOGUE.put("reused-external-ids", new ReusedExternalIds());
  }

  private Quirks() {}

  /** A quirk with its name. */
  public record Named(String name, Quirk quirk) {}

  /**
   * Looks quirks up, as one.
   *
   * @param list names separated by commas, applied in this order; empty for none
   * @throws IllegalArgumentException for a name that is not in the catalogue
   */
  public static Quirk named(String list) {
    List<Named> quirks = each(list);
    return request -> {
      var fixed = request;
      for (Named it : quirks) {
        fixed = it.quirk().fix(fixed);
      }
      return fixed;
    };
  }

  /**
   * Looks quirks up, one by one.
   *
   * @param list names separated by commas; empty for none
   * @throws IllegalArgumentException for a name that is not in the catalogue
   */
  public static List<Named> each(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(name -> new Named(name, one(name)))
        .toList();
  }

  private static Quirk one(String name) {
    Quirk quirk = CATALOGUE.get(name);
    if (quirk == null) {
      throw new IllegalArgumentException(
          "There is no quirk '" + name + "'; there are " + new TreeSet<>(names()) + ".");
    }
    return quirk;
  }

  /** The criteria by which a POST recognises a returning user under these quirks. */
  public static RestoreCriteria recognition(Collection<String> names) {
    RestoreCriteria criteria = RestoreCriteria.STANDARD;
    if (names.contains(RestoreCriteria.RESTORE)) {
      criteria = criteria.ofInactive();
    }
    return names.contains("reused-external-ids") ? criteria.byExternalId(false) : criteria;
  }

  public static Set<String> names() {
    return CATALOGUE.keySet();
  }
}
