package io.gatehouse.idp;

import java.util.Arrays;
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
    CATALOGUE.put("fold-operation-names", new FoldOperationNames());
    CATALOGUE.put("booleans-from-strings", new BooleansFromStrings());
    CATALOGUE.put("paths-from-keys", new PathsFromKeys());
    CATALOGUE.put("create-missing-elements", new CreateMissingElements());
    CATALOGUE.put("manager-from-string", new ManagerFromString());
    CATALOGUE.put("blanks-as-unassigned", new BlanksAsUnassigned());
    CATALOGUE.put("arrays-from-objects", new ArraysFromObjects());
    CATALOGUE.put("keep-what-put-omits", new KeepWhatPutOmits());
  }

  private Quirks() {}

  /**
   * Looks quirks up.
   *
   * @param list names separated by commas, applied in this order; empty for none
   * @throws IllegalArgumentException for a name that is not in the catalogue
   */
  public static Quirk named(String list) {
    List<Quirk> quirks =
        Arrays.stream(list.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .map(Quirks::one)
            .toList();
    return request -> {
      var fixed = request;
      for (Quirk quirk : quirks) {
        fixed = quirk.fix(fixed);
      }
      return fixed;
    };
  }

  private static Quirk one(String name) {
    Quirk quirk = CATALOGUE.get(name);
    if (quirk == null) {
      throw new IllegalArgumentException(
          "There is no quirk '" + name + "'; there are " + new TreeSet<>(names()) + ".");
    }
    return quirk;
  }

  public static Set<String> names() {
    return CATALOGUE.keySet();
  }
}
