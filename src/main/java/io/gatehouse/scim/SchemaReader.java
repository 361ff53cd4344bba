package io.gatehouse.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Schemas.Extension;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the definition of an extension (RFC 7643 sections 3.3 and 7) and completes it, so that the
 * published definition is the enforced one. A characteristic that cannot be enforced is refused.
 */
public final class SchemaReader {

  private static final Set<String> MEMBERS =
      Set.of(
          "schemas", "id", "meta", "name", "description", "attributes", "resourceType", "required");

  private static final int MAX_URN = 200;

  /** URNs of the characters of RFC 8141 that have no meaning in a path or a filter. */
  private static final Pattern URN =
      Pattern.compile("(?i)urn:[a-z0-9][a-z0-9-]{0,31}(:[a-z0-9._-]+)+");

  /** URNs of the RFCs and their prefixes, which a tenant cannot define. */
  private static final Pattern RESERVED = Pattern.compile("(?i)urn:ietf:params(:scim(:.*)?)?");

  private SchemaReader() {}

  /**
   * Reads a definition.
   *
   * @param urn the URN of the extension
   * @param body a Schema document with the {@code resourceType} that it extends, and {@code
   *     required} when a resource without it is to be refused
   * @throws ScimException 400 with the error in the definition
   */
  public static Extension read(String urn, ObjectNode body) {
    DefinitionMembers members = new DefinitionMembers("The schema", body);
    members.requireOnly(MEMBERS);
    requireUrn(urn, members);
    ResourceType type =
        ResourceType.labelled(members.text("resourceType", ""))
            .orElseThrow(() -> members.wrong("must have the 'resourceType' User or Group"));
    ObjectNode json = Json.object();
    json.putArray("schemas").add(Schema.SCHEMA);
    json.put("id", urn);
    json.put("name", members.text("name", urn));
    json.put("description", members.text("description", ""));
    json.set("attributes", new AttributeReader().all(members, "attributes"));
    return new Extension(type, Schema.of(json), members.flag("required", false));
  }

  private static void requireUrn(String urn, DefinitionMembers members) {
    if (urn.length() > MAX_URN || !URN.matcher(urn).matches()) {
      throw members.wrong("needs a URN in its address, such as urn:example:hr");
    }
    if (RESERVED.matcher(urn).matches()) {
      throw members.wrong("needs a URN of your own: urn:ietf:params:scim belongs to the RFCs");
    }
    if (!members.text("id", urn).equals(urn)) {
      throw members.wrong("has another 'id' than its address");
    }
  }
}
