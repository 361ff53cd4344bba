package io.gatehouse.scim;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form in which userNames and e-mail addresses are compared (RFC 7643 section 8, RFC 8265
 * UsernameCaseMapped): compatibility-normalised and lower-cased without regard to the machine's
 * locale, so that two names that look the same are the same.
 */
public final class NameKey {

  private NameKey() {}

  public static String of(String name) {
    return fold(name).strip();
  }

  static String fold(String text) {
    if (isAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  public static @Nullable String ofNullable(@Nullable String name) {
    return name == null || name.isBlank() ? null : of(name);
  }
}
