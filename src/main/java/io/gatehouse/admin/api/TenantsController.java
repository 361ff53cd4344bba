package io.gatehouse.admin.api;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.edge.Connections;
import io.gatehouse.edge.Connections.Tenant;
import io.gatehouse.scim.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tenants}. */
@RestController
@RequestMapping("/admin/api/v1/tenants")
final class TenantsController {

  private final Connections connections;
  private final AuditLog audit;

  TenantsController(Connections connections, AuditLog audit) {
    this.connections = connections;
    this.audit = audit;
  }

  record NewTenant(@Nullable String slug, @Nullable String name) {}

  record TenantView(UUID id, String slug, String name, Map<String, Object> settings) {

    static TenantView of(Tenant it) {
      return new TenantView(it.id(), it.slug(), it.name(), Trees.map(it.settings()));
    }
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  TenantView add(@RequestBody NewTenant wanted) {
    String slug = Slugs.require("slug", wanted.slug());
    String name = wanted.name() == null ? slug : wanted.name();
    var tenant = new Tenant(UUID.randomUUID(), slug, name, Json.object());
    if (!connections.add(tenant)) {
      throw Problem.conflict("There is a tenant '" + slug + "' already.");
    }
    audit.append(new AuditLog.Act(tenant.id(), null, "tenant.create"));
    return TenantView.of(tenant);
  }

  @GetMapping
  List<TenantView> all() {
    return connections.tenants().stream().map(TenantView::of).toList();
  }
}
