package io.gatehouse.portal;

import org.jspecify.annotations.Nullable;

/** What to do about the last error of a connection. */
final class Advice {

  private Advice() {}

  /**
   * The advice.
   *
   * @param error begins with the status; null when there is none
   * @param brake the state of the brake
   * @return null when there is no error
   */
  static @Nullable String of(@Nullable String error, String brake) {
    if (error == null) {
      return null;
    }
    int space = error.indexOf(' ');
    String status = space < 0 ? error : error.substring(0, space);
    return switch (status) {
      case "400" ->
          "The gateway does not understand the request. Paste it under \"Explain a request\" to see which part.";
      case "401", "403" ->
          "The token is wrong or revoked. Make a new one below, and put it into the IdP.";
      case "404" ->
          "The IdP wrote to a user or group that this connection does not have. Let the IdP provision it again.";
      case "409" ->
          "The user exists already. See Conflicts for the candidates, or free the userName.";
      case "412" -> "The user changed meanwhile. The IdP asks again by itself.";
      case "413" -> "The request is too large. Let the IdP send groups in smaller parts.";
      case "429" ->
          brake.equals("tripped")
              ? "The brake holds a wave of deactivations. Decide below."
              : "The IdP is faster than the rate limit of this connection. It asks again by itself; raise rateLimit below if it never catches up.";
      case "500" -> "The gateway failed; the reason is in its log.";
      case "503" ->
          "The database or the broker was not available, or the route file of the IdP is not loaded; see the overview. The IdP asks again by itself.";
      default ->
          "See the log of the IdP for its request, and paste it under \"Explain a request\".";
    };
  }
}
