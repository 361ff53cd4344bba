package io.gatehouse.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.UnaryOperator;

/** Comparisons that take as long for a wrong secret as for the right one. */
final class ConstantTime {

  private ConstantTime() {}

  /** Whether it is one of the secrets; all are compared, whichever it is. */
  static boolean any(byte[] given, List<String> secrets, UnaryOperator<String> form) {
    boolean found = false;
    for (String secret : secrets) {
      byte[] expected = form.apply(secret).getBytes(StandardCharsets.UTF_8);
      found |= MessageDigest.isEqual(expected, given);
    }
    return found;
  }
}
