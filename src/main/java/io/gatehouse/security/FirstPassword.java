package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.access.Account;
import io.gatehouse.access.Accounts;
import io.gatehouse.access.Administrator;
import io.gatehouse.access.Role;
import io.gatehouse.tenant.BearerToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * The password of the first administrator, {@code admin}, in a file that only the gateway's own
 * user can read. It is accepted while there is no account, has to be changed at once, and is then
 * deleted.
 */
@Component
public final class FirstPassword {

  /** The name of the first administrator. */
  static final String NAME = "admin";

  private final Path file;
  private final Accounts accounts;
  private final PasswordEncoder encoder;
  private final Clock clock;

  /** Whether there was an account once: there will always be one from then on. */
  private volatile boolean exists;

  FirstPassword(
      GatehouseProperties settings, Accounts accounts, PasswordEncoder encoder, Clock clock) {
    this.file = settings.data().resolve("admin-password");
    this.accounts = accounts;
    this.encoder = encoder;
    this.clock = clock;
  }

  /** The file with the password, generated on first use; empty when there is an account. */
  public Optional<Path> file() {
    if (exists || !accounts.none()) {
      exists = true;
      return Optional.empty();
    }
    read();
    return Optional.of(file);
  }

  private String read() {
    try {
      return SecretFile.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read", e);
    }
  }

  /** Makes the first account when this is its name and its password. */
  Optional<Account> redeem(String name, String password) {
    if (!name.equalsIgnoreCase(NAME) || !accounts.none()) {
      return Optional.empty();
    }
    if (!new BearerToken(read()).matches(new BearerToken(password))) {
      return Optional.empty();
    }
    Administrator first = new Administrator(UUID.randomUUID(), NAME, Role.ADMIN, null);
    return accounts.add(account(first, encoder.encode(password)))
        ? accounts.named(NAME)
        : Optional.empty();
  }

  private Account account(Administrator first, @Nullable String hash) {
    return new Account(first, hash, null, true, null, clock.instant(), null);
  }

  /** Deletes the file, after the password was changed. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be deleted", e);
    }
  }
}
