package io.gatehouse.edge;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The client's preferences for the form of the answer.
 *
 * @param minimal whether the client needs no body ({@code Prefer}, RFC 7240)
 * @param onlyJson whether its {@code Accept} names {@code application/json} and nothing else
 * @param mediaType of the answer
 */
public record ResponsePreferences(boolean minimal, boolean onlyJson, String mediaType) {

  public static final ResponsePreferences USUAL =
      new ResponsePreferences(false, false, ScimResponse.MEDIA_TYPE);
  static final String JSON = "application/json";

  /**
   * Reads the preferences of a client.
   *
   * @param prefer the header, null when there is none
   * @param accept all headers of this name
   */
  public static ResponsePreferences asked(@Nullable String prefer, List<String> accept) {
    boolean minimal = prefer != null && lower(prefer).contains("return=minimal");
    boolean onlyJson = false;
    for (String header : accept) {
      for (String part : header.split(",", -1)) {
        String type = part.split(";", 2)[0].strip();
        if (!type.isEmpty() && !type.equalsIgnoreCase(JSON)) {
          return new ResponsePreferences(minimal, false, ScimResponse.MEDIA_TYPE);
        }
        onlyJson |= !type.isEmpty();
      }
    }
    return new ResponsePreferences(minimal, onlyJson, ScimResponse.MEDIA_TYPE);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  ResponsePreferences briefly() {
    return new ResponsePreferences(true, onlyJson, mediaType);
  }

  /** The same with plain JSON as the media type, where the client accepts only that. */
  ResponsePreferences plain() {
    return onlyJson ? new ResponsePreferences(minimal, true, JSON) : this;
  }
}
