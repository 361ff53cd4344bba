package io.gatehouse.admin.api;

import io.gatehouse.directory.Register;
import io.gatehouse.lifecycle.Ward;
import io.gatehouse.lifecycle.Wards;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the user that a call is about. */
@Component
final class Users {

  private final Wards wards;
  private final Register register;

  Users(Wards wards, Register register) {
    this.wards = wards;
    this.register = register;
  }

  /** Somebody who has not been erased; 404 when there is nobody. */
  Ward known(UUID id) {
    return wards.find(id).filter(it -> !it.erased()).orElseThrow(() -> none(id));
  }

  /** Somebody, erased or not; 404 when there never was anybody. */
  Ward ever(UUID id) {
    return wards.find(id).orElseThrow(() -> none(id));
  }

  UserView view(UUID id) {
    Ward ward = ever(id);
    Optional<UserView> present =
        register
            .person(ward.tenant(), id)
            .map(it -> UserView.of(ward.tenantSlug(), it, register.groups(ward.tenant(), id)));
    return present
        .or(() -> register.erased(ward.tenant(), id).map(it -> UserView.of(ward.tenantSlug(), it)))
        .orElseThrow(() -> none(id));
  }

  private static Problem none(UUID id) {
    return Problem.notFound("There is no user " + id + ".");
  }
}
