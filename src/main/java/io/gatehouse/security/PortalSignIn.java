package io.gatehouse.security;

import io.gatehouse.access.Account;
import io.gatehouse.access.Accounts;
import io.gatehouse.access.Session;
import io.gatehouse.access.Sessions;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.crypto.Digests;
import io.gatehouse.scim.Json;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.signin.SignIns.Subject;
import io.gatehouse.tenant.BearerToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs administrators in to the portal by name and password, and out. */
@Component
public final class PortalSignIn {

  /** After which a sign-in is tried again, when too many come at once. */
  private static final OptionalInt BUSY = OptionalInt.of(2);

  private static final int MAX_NAME = 200;
  private static final int MAX_AGENT = 200;

  private final Accounts accounts;
  private final Sessions sessions;
  private final SessionCache cache;
  private final SessionCookie cookie;
  private final FirstPassword firstPassword;
  private final PasswordHashes hashes;
  private final AuditLog audit;
  private final SignInGuard guard;

  PortalSignIn(
      Accounts accounts,
      Sessions sessions,
      SessionCache cache,
      SessionCookie cookie,
      FirstPassword firstPassword,
      PasswordHashes hashes,
      AuditLog audit,
      SignInGuard guard) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.cache = cache;
    this.cookie = cookie;
    this.firstPassword = firstPassword;
    this.hashes = hashes;
    this.audit = audit;
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
    Attempt attempt = attempt(name, password, request);
    OptionalInt wait = guard.signIns().mustWait(attempt);
    if (wait.isPresent()) {
      return new Result(Optional.empty(), wait);
    }
    Optional<Account> account = firstPassword.redeem(name.strip(), password);
    if (account.isEmpty()) {
      Optional<Account> named = named(name);
      Optional<Boolean> right = hashes.matches(hash(named), password);
      if (right.isEmpty()) {
        return new Result(Optional.empty(), BUSY);
      }
      if (!right.get()) {
        return new Result(Optional.empty(), guard.signIns().refused(attempt, () -> subject(named)));
      }
      account = named;
    }
    guard.signIns().admitted(attempt);
    open(account.orElseThrow(), true, request, response);
    return new Result(account, OptionalInt.empty());
  }

  private Attempt attempt(String name, String password, HttpServletRequest request) {
    return guard.attempt(
        Realm.PORTAL,
        request,
        Digests.sha256(name.strip().toLowerCase(Locale.ROOT) + "\n" + password));
  }

  /** The account of a name, which every client may send. */
  private Optional<Account> named(String name) {
    return name.length() > MAX_NAME || !Json.isText(name) ? Optional.empty() : accounts.named(name);
  }

  private static @Nullable String hash(Optional<Account> account) {
    return account.filter(it -> it.disabledAt() == null).map(Account::password).orElse(null);
  }

  /** The name is shown of accounts only: some people type the password there. */
  private static Subject subject(Optional<Account> account) {
    return account
        .map(it -> new Subject(null, null, it.administrator().name()))
        .orElse(Subject.UNKNOWN);
  }

  private void record(Account account, String action) {
    audit.append(new AuditLog.Act(null, null, account.administrator().actor(), action));
  }

  /**
   * Opens a session for an account, and gives its token to the browser, whose earlier session ends.
   *
   * @param confirmed whether the administrator has just proven who it is
   */
  void open(
      Account account,
      boolean confirmed,
      HttpServletRequest request,
      HttpServletResponse response) {
    UUID id = Objects.requireNonNull(account.administrator().id());
    cookie.token(request).flatMap(sessions::find).ifPresent(this::end);
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
    record(account, "sign-in");
    cookie.set(response, token);
  }

  /** Ends the session. */
  public void signOut(Session session, HttpServletResponse response) {
    end(session);
    cookie.clear(response);
  }

  private void end(Session session) {
    sessions.close(session.id());
    record(session.account(), "sign-out");
    cache.clear();
  }

  /**
   * Whether this is the password of the administrator of a session; if so, sensitive acts need no
   * further one for some minutes.
   */
  public boolean confirm(Session session, String password, HttpServletRequest request) {
    Account account = session.account();
    Attempt attempt = attempt(account.administrator().name(), password, request);
    if (guard.signIns().mustWait(attempt).isPresent()) {
      return false;
    }
    Optional<Boolean> right = hashes.matches(account.password(), password);
    if (!right.orElse(false)) {
      right.ifPresent(it -> guard.signIns().refused(attempt, () -> subject(Optional.of(account))));
      return false;
    }
    guard.signIns().admitted(attempt);
    sessions.confirmed(session.id());
    cache.clear();
    return true;
  }

  /** Sets a new password, and ends the other sessions of the account. */
  public void changePassword(Session session, String password) {
    UUID id = Objects.requireNonNull(session.account().administrator().id());
    accounts.changePassword(id, hashes.inTime(password), false);
    record(session.account(), "password.change");
    sessions.closeOthers(id, session.id());
    firstPassword.delete();
    cache.clear();
  }
}
