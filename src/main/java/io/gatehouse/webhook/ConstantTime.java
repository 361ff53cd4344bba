package io.gatehouse.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.UnaryOperator;

/** Comparisons of secrets in constant time. */
final class ConstantTime {

  private ConstantTime() {}

  /** Whether the value equals one of the secrets; it is always compared with all of them. */
  static boolean any(byte[] given, List<String> secrets, UnaryOperator<String> form) {
    boolean found = false;
    for (String secret : secrets) {
      byte[] expected = form.apply(secret).getBytes(StandardCharsets.UTF_8);
      found |= MessageDigest.isEqual(expected, given);
    }
    return found;
  }
}
