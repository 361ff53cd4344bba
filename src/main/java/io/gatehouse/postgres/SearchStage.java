package io.gatehouse.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.ResourceId;

/**
 * A stage of a search of users by text. Each reads one index in the order of its key; a search
 * shows the users of one stage after the other.
 */
enum SearchStage {
  /** The text is the beginning of the userName. */
  USER_NAME("p.user_name_key collate \"C\"") {
    @Override
    SqlFragment condition(String text) {
      return startsWith(NameKey.of(text));
    }
  },
  /** The text is one of the e-mail addresses, the externalId or the id. */
  WHOLE(USER_NAME.key) {
    @Override
    SqlFragment condition(String text) {
      String folded = Folded.text(text);
      ObjectNode email = Json.object();
      email.putArray("emails").addObject().put("value", folded);
      SqlFragment found =
          SqlFragment.of("(p.search @> ?::jsonb", Json.text(email))
              .then(" or p.search @> ?::jsonb", Json.text(Json.object().put("externalid", folded)));
      return ResourceId.of(text).map(id -> found.then(" or p.id = ?", id)).orElse(found).then(")");
    }
  },
  /** The text is the beginning of the display name. */
  NAME("person_name(p.search) collate \"C\"") {
    @Override
    SqlFragment condition(String text) {
      return startsWith(cut(text));
    }
  },
  /** The text is the beginning of the family name. */
  FAMILY_NAME("person_family_name(p.search) collate \"C\"") {
    @Override
    SqlFragment condition(String text) {
      return startsWith(cut(text));
    }
  },
  /** The text is the beginning of an e-mail address that differs from the userName. */
  EMAIL("p.email_key collate \"C\"") {
    @Override
    SqlFragment condition(String text) {
      return startsWith(NameKey.of(text)).in("(p.email_key <> p.user_name_key and ", ")");
    }
  };

  /** The last code point, which sorts after all others. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  /** As in the functions of the indexes. */
  private static final int LONGEST = 100;

  private final String key;

  SearchStage(String key) {
    this.key = key;
  }

  /** By what the users of this stage are sorted, before their ids; by code point. */
  String key() {
    return key;
  }

  abstract SqlFragment condition(String text);

  /** A range and no pattern, so that a plan for any text reads the index from its beginning. */
  SqlFragment startsWith(String beginning) {
    return SqlFragment.of("(" + key + " >= ? and " + key + " < ?)", beginning, beginning + LAST);
  }

  private static String cut(String text) {
    String folded = Folded.text(text);
    return folded.codePointCount(0, folded.length()) <= LONGEST
        ? folded
        : folded.substring(0, folded.offsetByCodePoints(0, LONGEST));
  }
}
