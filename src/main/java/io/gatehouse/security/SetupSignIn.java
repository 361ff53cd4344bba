package io.gatehouse.security;

import io.gatehouse.access.SetupLink;
import io.gatehouse.access.SetupLinks;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.signin.SignIns.Subject;
import io.gatehouse.tenant.BearerToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;

/** Admits the holders of setup links. */
@Component
public final class SetupSignIn {

  private final SetupLinks links;
  private final SignInGuard guard;

  SetupSignIn(SetupLinks links, SignInGuard guard) {
    this.links = links;
    this.guard = guard;
  }

  /**
   * What came of it.
   *
   * @param link empty when the link is wrong, or has ended
   * @param waitSeconds how long to wait before the next attempt, when there were too many
   */
  public record Result(Optional<SetupLink> link, OptionalInt waitSeconds) {}

  /** The link with this token, which is random, so that it is looked up while others guess. */
  public Result find(String token, HttpServletRequest request) {
    BearerToken given = new BearerToken(token);
    Attempt attempt = guard.attempt(Realm.PORTAL, request, given.hash());
    Optional<SetupLink> link = given.isOurs() ? links.live(given) : Optional.empty();
    if (link.isPresent()) {
      guard.signIns().admitted(attempt);
      return new Result(link, OptionalInt.empty());
    }
    return new Result(link, guard.signIns().refused(attempt, () -> Subject.UNKNOWN));
  }
}
