package io.gatehouse.security;

import io.gatehouse.store.StoreUnavailableException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords, few at a time: a hash takes 16 MB and some 50 ms of a core, and every client
 * can ask for one.
 */
@Component
final class PasswordHashes {

  private static final int AT_ONCE = 2;
  private static final int MAX_WAITING = 16;
  private static final long WAIT_SECONDS = 2;

  private final Semaphore hashing = new Semaphore(AT_ONCE, true);
  private final PasswordEncoder encoder;
  private final String other;

  PasswordHashes(PasswordEncoder encoder) {
    this.encoder = encoder;
    // Of no password: the same time passes where there is no account of a name.
    this.other =
        "$argon2id$v=19$m=16384,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA"
            + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  }

  /**
   * Whether a hash is that of a password.
   *
   * @param hash null when there is no account, or none with a password; never matches
   * @return empty when too many passwords are being hashed
   */
  Optional<Boolean> matches(@Nullable String hash, String password) {
    return inTurn(
        () -> encoder.matches(password, Objects.requireNonNullElse(hash, other)) && hash != null);
  }

  /** The hash of a password; empty when too many passwords are being hashed. */
  Optional<String> of(String password) {
    return inTurn(() -> Objects.requireNonNull(encoder.encode(password)));
  }

  /**
   * The hash of a password.
   *
   * @throws StoreUnavailableException when too many passwords are being hashed
   */
  String inTime(String password) {
    return of(password)
        .orElseThrow(() -> new StoreUnavailableException("Too many hashes at once.", null));
  }

  private <T> Optional<T> inTurn(Supplier<T> work) {
    if (hashing.getQueueLength() >= MAX_WAITING || !acquired()) {
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      hashing.release();
    }
  }

  private boolean acquired() {
    try {
      return hashing.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
