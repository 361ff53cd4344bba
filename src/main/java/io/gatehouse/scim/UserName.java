package io.gatehouse.scim;

import java.util.regex.Pattern;

/**
 * The allowed characters of a userName: visible and assigned in Unicode (RFC 8264 section 9, RFC
 * 8265 section 3.3). With others, two users could have names that look the same.
 */
final class UserName {

  /**
   * Controls, formats, line separators, unassigned, private and half characters, and the letters
   * and marks that have no shape (Default_Ignorable_Code_Point).
   */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\p{Cc}\\p{Cf}\\p{Cn}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}"
              + "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0"
              + "\\x{E0100}-\\x{E01EF}]");

  private UserName() {}

  static void require(String name) {
    if (UNSEEN.matcher(name).find()) {
      throw ScimException.invalidValue("'userName' has a character that cannot be seen.");
    }
    if (NameKey.of(name).isEmpty()) {
      throw ScimException.invalidValue("The attribute 'userName' is required.");
    }
  }
}
