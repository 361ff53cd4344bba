package io.gatehouse.embedded;

import io.gatehouse.signin.SignIns;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.tenant.BearerToken;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQBasicSecurityManager;
import org.jspecify.annotations.Nullable;

/**
 * The users of the broker. Passwords are generated, so each well-formed one is checked, however
 * many from its address were wrong. After too many wrong ones, a malformed password is refused
 * without a check.
 */
final class WatchedUsers extends ActiveMQBasicSecurityManager {

  /** {@code /127.0.0.1:50712}; connections inside this process have no such address. */
  private static final Pattern REMOTE = Pattern.compile("/?\\[?([0-9a-fA-F.:]+?)(%\\w+)?]?:\\d+");

  /** {@code tenant.name}; any other text is not logged, because it may be a password. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}\\.[a-z0-9-]{1,63}");

  private final SignIns signIns;
  private volatile @Nullable SignedIn gateway;

  WatchedUsers(SignIns signIns) {
    this.signIns = signIns;
  }

  @Override
  public @Nullable Subject authenticate(
      @Nullable String user,
      @Nullable String password,
      RemotingConnection connection,
      @Nullable String domain) {
    Matcher remote = REMOTE.matcher(String.valueOf(connection.getRemoteAddress()));
    if (!remote.matches() || user == null) {
      return insideTheProcess(user, password, connection, domain);
    }
    byte[] credential = new BearerToken(user + "\n" + password).hash();
    Attempt attempt = new Attempt(Realm.BROKER, remote.group(1), credential);
    if (!new BearerToken(String.valueOf(password)).isOurs()
        && signIns.mustWait(attempt).isPresent()) {
      return null;
    }
    Subject subject = super.authenticate(user, password, connection, domain);
    if (subject == null) {
      String name = NAME.matcher(user).matches() ? user : null;
      signIns.refused(attempt, () -> new SignIns.Subject(null, null, name));
    }
    return subject;
  }

  /**
   * The gateway's own user, whose password is made with the process and is hashed once: the broker
   * asks again every ten seconds for each of its sessions.
   */
  private @Nullable Subject insideTheProcess(
      @Nullable String user,
      @Nullable String password,
      RemotingConnection connection,
      @Nullable String domain) {
    SignedIn before = gateway;
    if (before != null && before.password().equals(password) && EmbeddedBroker.USER.equals(user)) {
      return before.subject();
    }
    Subject subject = super.authenticate(user, password, connection, domain);
    if (subject != null && password != null && EmbeddedBroker.USER.equals(user)) {
      gateway = new SignedIn(password, subject);
    }
    return subject;
  }

  private record SignedIn(String password, Subject subject) {}
}
