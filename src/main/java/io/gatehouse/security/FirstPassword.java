package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.PrivateFolder;
import io.gatehouse.access.Account;
import io.gatehouse.access.Accounts;
import io.gatehouse.access.Administrator;
import io.gatehouse.access.Role;
import io.gatehouse.crypto.Digests;
import io.gatehouse.tenant.BearerToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The password of the first administrator, {@code admin}, in a file that only the gateway's own
 * user can read. It is accepted while there is no administrator, has to be changed at once, and the
 * file is then deleted. It follows from the secret key, so that gateways that share a database have
 * the same one, and it does not matter which of them is asked.
 */
@Component
public final class FirstPassword {

  /** The name of the first administrator. */
  static final String NAME = "admin";

  private static final Logger LOG = LoggerFactory.getLogger(FirstPassword.class);
  private static final byte[] PURPOSE = "gatehouse first password".getBytes(StandardCharsets.UTF_8);

  private final Path file;
  private final byte[] key;
  private final Accounts accounts;
  private final PasswordHashes hashes;
  private final Clock clock;

  /** Whether there was an account once: there will always be one from then on. */
  private volatile boolean exists;

  FirstPassword(GatehouseProperties settings, Accounts accounts, PasswordHashes hashes, Clock clock)
      throws IOException {
    this.file = settings.data().resolve("admin-password");
    this.key =
        Digests.sha256(
            OperatorSecret.of(OperatorSecret.SECRET_KEY, settings.secretKey(), settings.data()));
    this.accounts = accounts;
    this.hashes = hashes;
    this.clock = clock;
  }

  /**
   * The file with the password, written on first use; empty when there is an account. A file that
   * is left from the time before is deleted.
   */
  public Optional<Path> file() {
    if (!exists && accounts.none()) {
      write();
      return Optional.of(file);
    }
    if (!exists) {
      delete();
      exists = true;
    }
    return Optional.empty();
  }

  private void write() {
    try {
      String password = password();
      if (!Files.exists(file) || !Files.readString(file).strip().equals(password)) {
        PrivateFolder.keep(file, password);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be written", e);
    }
  }

  private String password() {
    return OneTimePasswords.text(Digests.hmac(Digests.HMAC_SHA_256, key, PURPOSE));
  }

  /** Makes the first account when this is its name and its password. */
  Optional<Account> redeem(String name, String password) {
    if (!name.equalsIgnoreCase(NAME)
        || !accounts.none()
        || !new BearerToken(password()).matches(new BearerToken(password))) {
      return Optional.empty();
    }
    Administrator first = new Administrator(UUID.randomUUID(), NAME, Role.ADMIN, null);
    return hashes
        .of(password)
        .filter(it -> accounts.add(account(first, it)))
        .flatMap(it -> accounts.named(NAME));
  }

  private Account account(Administrator first, String hash) {
    return new Account(first, hash, null, true, null, clock.instant(), null);
  }

  /** Deletes the file, after the password was changed; if it cannot be deleted, the log says so. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The first password is used up; delete the file {}: {}", file, e.toString());
    }
  }
}
