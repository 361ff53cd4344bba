package io.gatehouse.security;

import io.gatehouse.access.Account;
import io.gatehouse.access.Accounts;
import io.gatehouse.access.Session;
import io.gatehouse.access.Sessions;
import io.gatehouse.crypto.Digests;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.signin.SignIns.Subject;
import io.gatehouse.tenant.BearerToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Signs administrators in to the portal by name and password, and out. */
@Component
public final class PortalSignIn {

  /** A hash takes 16 MB and some 50 ms of a core. */
  private static final int HASHES_AT_ONCE = 2;

  private static final int MAX_AGENT = 200;

  private final Semaphore hashes = new Semaphore(HASHES_AT_ONCE, true);
  private final Accounts accounts;
  private final Sessions sessions;
  private final SessionCache cache;
  private final SessionCookie cookie;
  private final FirstPassword firstPassword;
  private final PasswordEncoder encoder;
  private final SignInGuard guard;

  PortalSignIn(
      Accounts accounts,
      Sessions sessions,
      SessionCache cache,
      SessionCookie cookie,
      FirstPassword firstPassword,
      PasswordEncoder encoder,
      SignInGuard guard) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.cache = cache;
    this.cookie = cookie;
    this.firstPassword = firstPassword;
    this.encoder = encoder;
    this.guard = guard;
  }

  /**
   * What came of a sign-in.
   *
   * @param account empty when name or password are wrong
   * @param waitSeconds how long to wait before the next attempt, when there were too many
   */
  public record Result(Optional<Account> account, OptionalInt waitSeconds) {}

  /** Checks name and password, and opens a session when they are right. */
  public Result signIn(
      String name, String password, HttpServletRequest request, HttpServletResponse response) {
    Attempt attempt = guard.attempt(Realm.PORTAL, request, Digests.sha256(name + "\n" + password));
    OptionalInt wait = guard.signIns().mustWait(attempt);
    if (wait.isPresent()) {
      return new Result(Optional.empty(), wait);
    }
    Optional<Account> account = verify(name, password);
    if (account.isEmpty()) {
      wait = guard.signIns().refused(attempt, () -> new Subject(null, null, null));
      return new Result(account, wait);
    }
    guard.signIns().admitted(attempt);
    open(account.get(), true, request, response);
    return new Result(account, OptionalInt.empty());
  }

  private Optional<Account> verify(String name, String password) {
    Optional<Account> first = firstPassword.redeem(name.strip(), password);
    return first.isPresent()
        ? first
        : accounts.named(name).filter(it -> it.disabledAt() == null && matches(it, password));
  }

  /** Whether this is the password of an account. */
  boolean matches(Account account, String password) {
    if (account.password() == null) {
      return false;
    }
    hashes.acquireUninterruptibly();
    try {
      return encoder.matches(password, account.password());
    } finally {
      hashes.release();
    }
  }

  /**
   * Opens a session for an account, and gives its token to the browser.
   *
   * @param confirmed whether the administrator has just proven who it is
   */
  void open(
      Account account,
      boolean confirmed,
      HttpServletRequest request,
      HttpServletResponse response) {
    UUID id = Objects.requireNonNull(account.administrator().id());
    BearerToken token = BearerToken.generate();
    String agent = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
    sessions.open(
        token,
        new Sessions.Opening(
            id,
            guard.attempt(Realm.PORTAL, request, new byte[0]).address(),
            agent.substring(0, Math.min(MAX_AGENT, agent.length())),
            confirmed));
    accounts.signedIn(id);
    cookie.set(response, token);
  }

  /** Ends the session. */
  public void signOut(Session session, HttpServletResponse response) {
    sessions.close(session.id());
    cache.clear();
    cookie.clear(response);
  }

  /**
   * Whether this is the password of the administrator of a session; if so, sensitive acts need no
   * further one for some minutes.
   */
  public boolean confirm(Session session, String password, HttpServletRequest request) {
    Attempt attempt = guard.attempt(Realm.PORTAL, request, Digests.sha256(password));
    if (guard.signIns().mustWait(attempt).isPresent()) {
      return false;
    }
    if (!matches(session.account(), password)) {
      guard.signIns().refused(attempt, () -> Subject.UNKNOWN);
      return false;
    }
    sessions.confirmed(session.id());
    cache.clear();
    return true;
  }

  /** Sets a new password, and ends the other sessions of the account. */
  public void changePassword(Session session, String password) {
    UUID id = Objects.requireNonNull(session.account().administrator().id());
    accounts.changePassword(id, Objects.requireNonNull(encoder.encode(password)), false);
    sessions.closeOthers(id, session.id());
    firstPassword.delete();
    cache.clear();
  }
}
