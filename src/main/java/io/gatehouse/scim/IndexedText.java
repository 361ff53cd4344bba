package io.gatehouse.scim;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text in an index of the database: names, externalIds and e-mail addresses. An index entry has at
 * most 2,704 bytes, including the ids beside the text. The index has the text in the form in which
 * it is compared.
 */
public final class IndexedText {

  public static final int MAX_CHARACTERS = 1_000;
  public static final int MAX_BYTES = 2_000;

  private IndexedText() {}

  /** Whether an index can hold the text, as it is and in the form in which it is compared. */
  public static boolean fits(String text) {
    return text.length() <= MAX_CHARACTERS && fitsBytes(text) && fitsBytes(NameKey.fold(text));
  }

  private static boolean fitsBytes(String text) {
    return text.length() * 3 <= MAX_BYTES
        || text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }

  /**
   * Refuses a text that no index can hold.
   *
   * @throws ScimException 400 invalidValue
   */
  static void require(String name, @Nullable String text) {
    if (text != null && !fits(text)) {
      throw ScimException.invalidValue(
          "'%s' is longer than %d characters or, in the form in which it is compared, %d bytes."
              .formatted(name, MAX_CHARACTERS, MAX_BYTES));
    }
  }
}
