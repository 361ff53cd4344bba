package io.gatehouse.admin.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.edge.Catalogues;
import io.gatehouse.edge.Connections.Tenant;
import io.gatehouse.scim.Catalogue.Extension;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.SchemaReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tenants/{slug}/schemas}: the extensions that a tenant has defined. */
@RestController
@RequestMapping("/admin/api/v1/tenants/{slug}/schemas")
final class SchemasController {

  private final Tenants tenants;
  private final Catalogues catalogues;
  private final AuditLog audit;

  SchemasController(Tenants tenants, Catalogues catalogues, AuditLog audit) {
    this.tenants = tenants;
    this.catalogues = catalogues;
    this.audit = audit;
  }

  @GetMapping
  List<Map<String, Object>> all(@PathVariable String slug) {
    return catalogues.of(tenants.known(slug).id()).custom().stream()
        .map(SchemasController::view)
        .toList();
  }

  /** Takes bytes, because a SCIM document is read as SCIM reads it: no member twice. */
  @PutMapping("/{urn}")
  Map<String, Object> define(
      @PathVariable String slug, @PathVariable String urn, @RequestBody byte[] body) {
    Tenant tenant = tenants.known(slug);
    Extension extension = SchemaReader.read(urn, Json.object(body));
    catalogues.define(tenant.id(), extension);
    audit.append(new AuditLog.Act(tenant.id(), null, "schema.define"));
    return view(extension);
  }

  @DeleteMapping("/{urn}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String slug, @PathVariable String urn) {
    Tenant tenant = tenants.known(slug);
    if (!catalogues.remove(tenant.id(), urn)) {
      throw Problem.notFound("The tenant has defined no schema " + urn + ".");
    }
    audit.append(new AuditLog.Act(tenant.id(), null, "schema.remove"));
  }

  private static Map<String, Object> view(Extension extension) {
    ObjectNode document = Objects.requireNonNull(extension.schema().json()).deepCopy();
    document.put("resourceType", extension.type().label());
    return Trees.map(document.put("required", extension.required()));
  }
}
