package io.gatehouse.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores the accounts of administrators. */
public interface Accounts {

  /** Whether there is no account with the role admin yet. */
  boolean none();

  /** Adds an account; false when the name, without regard to case, or the subject is taken. */
  boolean add(Account account);

  /** Finds an account by its name, without regard to case. */
  Optional<Account> named(String name);

  Optional<Account> find(UUID id);

  /** Finds the account of an administrator of an OIDC provider. */
  Optional<Account> ofSubject(String subject);

  List<Account> all();

  /** Sets a new password hash; with {@code mustChange}, only until the next sign-in. */
  void changePassword(UUID id, String hash, boolean mustChange);

  /** Sets role and tenants to what the OIDC provider says. */
  void change(Administrator administrator);

  /**
   * Sets role and tenants, and forbids or permits sign-in.
   *
   * @return false when nothing was changed because there would be no enabled administrator of all
   *     tenants left
   */
  boolean amend(Administrator administrator, boolean disabled);

  /** Records a sign-in. */
  void signedIn(UUID id);
}
