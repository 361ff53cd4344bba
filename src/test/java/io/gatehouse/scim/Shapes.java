package io.gatehouse.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Schemas.Extension;
import java.util.List;

/** A tenant whose users have attributes of every type. */
public final class Shapes {

  public static final String URN = "urn:example:params:scim:schemas:extension:shapes:2.0:User";

  /** One attribute of each type and kind; a secret that is never shown. */
  public static final Schema SCHEMA =
      Schema.of(
          Json.stored(
              """
              {"id": "%s", "attributes": [
                {"name": "code", "type": "string", "caseExact": true},
                {"name": "label", "type": "string"},
                {"name": "level", "type": "integer"},
                {"name": "ratio", "type": "decimal"},
                {"name": "since", "type": "dateTime"},
                {"name": "photo", "type": "binary"},
                {"name": "page", "type": "reference"},
                {"name": "remote", "type": "boolean"},
                {"name": "badge", "type": "string", "mutability": "immutable"},
                {"name": "pin", "type": "string", "returned": "never"},
                {"name": "tags", "type": "string", "multiValued": true},
                {"name": "codes", "type": "string", "multiValued": true, "caseExact": true},
                {"name": "levels", "type": "integer", "multiValued": true},
                {"name": "desk", "type": "complex", "subAttributes": [
                  {"name": "floor", "type": "integer"},
                  {"name": "room", "type": "string"},
                  {"name": "serial", "type": "string", "mutability": "immutable"},
                  {"name": "keys", "type": "string", "multiValued": true}]},
                {"name": "visits", "type": "complex", "multiValued": true, "subAttributes": [
                  {"name": "value", "type": "string", "caseExact": true},
                  {"name": "at", "type": "dateTime"},
                  {"name": "rank", "type": "integer"},
                  {"name": "type", "type": "string"},
                  {"name": "serial", "type": "string", "mutability": "immutable"},
                  {"name": "primary", "type": "boolean"}]}]}
              """
                  .formatted(URN)));

  public static final Schemas CATALOGUE =
      new Schemas(List.of(new Extension(ResourceType.USER, SCHEMA, false)), false);

  public static final ResourceDefinition USER = CATALOGUE.definition(ResourceType.USER);
  public static final ResourceDefinition GROUP = CATALOGUE.definition(ResourceType.GROUP);

  private Shapes() {}

  /** As it would be shown to a client. */
  static ObjectNode babs() {
    return Json.stored(
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "%s"],
         "id": "Id-7", "externalId": "Ext-1", "userName": "bjensen", "active": true, "title": "Vice President",
         "userType": "", "displayName": "École", "nickName": "100%% sure_thing\\\\*", "timezone": "\\ud83d\\ude00x",
         "name": {"familyName": "O'Malley", "givenName": "Babs"},
         "emails": [{"value": "b@work.example", "type": "work"},
                    {"value": "B@Home.example.com", "type": "home", "primary": true}],
         "ims": [{"value": "babs", "type": "xmpp"}],
         "photos": [{"value": "https://x/Y", "type": "photo"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
           {"employeeNumber": "701", "manager": {"value": "M-1", "displayName": "Max"}},
         "%s": {"code": "AbC", "label": "AbC", "level": 9, "ratio": 1.50, "since": "2011-05-13T04:42:34.5+02:00",
                "photo": "QUJD", "page": "/Users/1", "remote": false, "tags": ["red", "Blue"], "codes": ["Xy"],
                "levels": [3, 12], "desk": {"floor": 4, "room": "North", "keys": ["k1", "k2"]},
                "visits": [{"value": "v", "at": "2020-02-29T00:00:00Z", "rank": 1},
                           {"value": "w", "at": "2021-01-01T00:00:00Z", "rank": 2, "primary": true}]},
         "meta": {"resourceType": "User", "created": "2010-01-23T04:56:22Z",
                  "lastModified": "2011-05-13T04:42:34Z", "version": "W/\\"3\\"", "location": "https://x/Users/7"}}
        """
            .formatted(URN, URN));
  }
}
