package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.IdpApiException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signed-in calls of one connection to its IdP's API, at one address and no other. */
final class Api {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final URI base;
  private final Line line;
  private final SignIn signIn;

  Api(URI base, Line line, SignIn signIn) {
    this.base = base;
    this.line = line;
    this.signIn = signIn;
  }

  /** Whether an id may be one of an IdP. Webhooks bring them, and they become parts of paths. */
  static boolean isId(@Nullable String id) {
    return id != null && ID.matcher(id).matches();
  }

  /** What is there; empty when nothing is. */
  Optional<Reply> find(String target) {
    Reply reply = send("GET", target, null);
    return reply.status() == NOT_FOUND ? Optional.empty() : Optional.of(ok(target, reply));
  }

  Reply get(String target) {
    return ok(target, send("GET", target, null));
  }

  Reply post(String target, JsonNode body) {
    return ok(target, send("POST", target, body));
  }

  Reply patch(String target, JsonNode body) {
    return ok(target, send("PATCH", target, body));
  }

  /** Takes away what is there; that nothing is there is as good. */
  void delete(String target) {
    Reply reply = send("DELETE", target, null);
    if (reply.status() != NOT_FOUND) {
      ok(target, reply);
    }
  }

  /** Whether a link that was kept is one of this API; the address may have changed since. */
  boolean isHere(String link) {
    return isHere(URI.create(link));
  }

  private boolean isHere(URI uri) {
    return base.getScheme().equals(uri.getScheme())
        && base.getRawAuthority().equals(uri.getRawAuthority());
  }

  /** The answer, unless it is a refusal. */
  static Reply ok(String target, Reply reply) {
    if (reply.isOk()) {
      return reply;
    }
    throw new IdpApiException(
        URI.create(target).getPath() + " is answered " + reply.status(), null, null);
  }

  /**
   * Makes a call, once more with a new token when the old one is refused; the answer may be a
   * refusal.
   *
   * @param target a path, or a link to a page that the API gave
   */
  Reply send(String method, String target, @Nullable JsonNode body) {
    URI uri = within(target);
    String authorization = signIn.authorization();
    Reply reply = exchange(method, uri, authorization, body);
    if (reply.status() == UNAUTHORIZED && signIn.refused(authorization)) {
      reply = exchange(method, uri, signIn.authorization(), body);
    }
    if (reply.status() == UNAUTHORIZED) {
      throw new IdpApiException("The IdP refuses our credentials: 401", null, null);
    }
    return reply;
  }

  private Reply exchange(String method, URI uri, String authorization, @Nullable JsonNode body) {
    return line.exchange(
        new Call(method, uri, authorization, body == null ? null : Call.Body.json(body)));
  }

  /** A link that leads elsewhere would carry our credentials there. */
  private URI within(String target) {
    URI uri;
    try {
      uri = base.resolve(target);
    } catch (IllegalArgumentException e) {
      throw new IdpApiException("The IdP sent a link that is not a URL", null, null);
    }
    if (!isHere(uri)) {
      throw new IdpApiException(
          "The IdP sent a link to another host, " + uri.getAuthority(), null, null);
    }
    return uri;
  }
}
