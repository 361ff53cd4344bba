package io.gatehouse.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores the accounts of administrators. */
public interface Accounts {

  /** Whether there is no account yet. */
  boolean none();

  /** Adds an account; false when the name, without regard to case, is taken. */
  boolean add(Account account);

  /** Finds an account by its name, without regard to case. */
  Optional<Account> named(String name);

  Optional<Account> find(UUID id);

  /** Finds the account of an administrator of an OIDC provider. */
  Optional<Account> ofSubject(String subject);

  List<Account> all();

  /** Sets a new password hash; with {@code mustChange}, only until the next sign-in. */
  void changePassword(UUID id, String hash, boolean mustChange);

  /** Sets role and tenants. */
  void change(Administrator administrator);

  /** Forbids or permits sign-in. */
  void disable(UUID id, boolean disabled);

  /** Records a sign-in. */
  void signedIn(UUID id);
}
