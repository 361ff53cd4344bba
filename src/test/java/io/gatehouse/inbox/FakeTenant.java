package io.gatehouse.inbox;

import io.gatehouse.command.RestoreCriteria;
import io.gatehouse.scim.Schemas;
import io.gatehouse.support.SettableClock;
import io.gatehouse.tenant.IdpProfiles;
import io.gatehouse.tenant.TenantSchemas;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A tenant with the schemas of the RFC. */
final class FakeTenant implements TenantSchemas, IdpProfiles {

  static UserCreation userCreation() {
    FakeTenant tenant = new FakeTenant();
    return new UserCreation(tenant, tenant, new SettableClock());
  }

  @Override
  public Schemas of(UUID tenant) {
    return Schemas.STANDARD;
  }

  @Override
  public void changed(UUID tenant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> withWebhooks() {
    return names();
  }

  @Override
  public Set<String> names() {
    return Set.of("okta");
  }

  @Override
  public RestoreCriteria recognition(String idp) {
    return RestoreCriteria.STANDARD;
  }

  @Override
  public List<RouteFileStatus> sources() {
    return List.of();
  }
}
