package io.gatehouse.admin.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.lifecycle.SchemaChanges;
import io.gatehouse.lifecycle.SchemaChanges.Held;
import io.gatehouse.lifecycle.SchemaChanges.Kind;
import io.gatehouse.lifecycle.SchemaChanges.Verdict;
import io.gatehouse.lifecycle.SchemaChanges.Wish;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.SchemaReader;
import io.gatehouse.scim.Schemas.Extension;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.Connections.Tenant;
import io.gatehouse.tenant.TenantSchemas;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /tenants/{slug}/schemas}: the extensions that a tenant has defined. A change that stored
 * values would not survive is answered 409 with the number of users and groups; with {@code
 * force=true} 202, and a job drops the values ({@link SchemaChangesController}).
 */
@RestController
@RequestMapping("/admin/api/v1/tenants/{slug}/schemas")
public final class SchemasController {

  private final TenantLookup tenantLookup;
  private final TenantSchemas tenantSchemas;
  private final SchemaChanges changes;
  private final PublicLinks publicLinks;

  SchemasController(
      TenantLookup tenantLookup,
      TenantSchemas tenantSchemas,
      SchemaChanges changes,
      PublicLinks publicLinks) {
    this.tenantLookup = tenantLookup;
    this.tenantSchemas = tenantSchemas;
    this.changes = changes;
    this.publicLinks = publicLinks;
  }

  @Requires(Role.VIEWER)
  @GetMapping
  public List<Map<String, Object>> all(@PathVariable String slug) {
    return tenantSchemas.of(tenantLookup.known(slug).id()).custom().stream()
        .map(SchemasController::view)
        .toList();
  }

  /** Takes bytes, because the SCIM parser also refuses duplicate members. */
  @Requires(Role.ADMIN)
  @PutMapping("/{urn}")
  public ResponseEntity<?> define(
      @PathVariable String slug,
      @PathVariable String urn,
      @RequestParam(defaultValue = "false") boolean force,
      @RequestBody byte[] body) {
    Tenant tenant = tenantLookup.known(slug);
    Extension extension = SchemaReader.read(urn, Json.object(body));
    Verdict verdict =
        changes.define(new Wish(tenant.id(), CurrentAdministrator.get().actor(), force), extension);
    return verdict.kind() == Kind.DONE
        ? done(tenant, ResponseEntity.ok(view(extension)))
        : begun(tenant, urn, verdict);
  }

  @Requires(Role.ADMIN)
  @DeleteMapping("/{urn}")
  public ResponseEntity<?> remove(
      @PathVariable String slug,
      @PathVariable String urn,
      @RequestParam(defaultValue = "false") boolean force) {
    Tenant tenant = tenantLookup.known(slug);
    Verdict verdict =
        changes.remove(new Wish(tenant.id(), CurrentAdministrator.get().actor(), force), urn);
    return verdict.kind() == Kind.DONE
        ? done(tenant, ResponseEntity.noContent().build())
        : begun(tenant, urn, verdict);
  }

  private ResponseEntity<?> done(Tenant tenant, ResponseEntity<?> answer) {
    tenantSchemas.changed(tenant.id());
    return answer;
  }

  /** The answer for a started job, or the refusal of the change. */
  private ResponseEntity<?> begun(Tenant tenant, String urn, Verdict verdict) {
    UUID job = verdict.job().orElse(null);
    if (verdict.kind() != Kind.BEGUN || job == null) {
      throw refused(urn, verdict);
    }
    return done(
        tenant,
        ResponseEntity.accepted()
            .header("Location", publicLinks.to(SchemaChangesController.path(tenant.slug(), job)))
            .body(
                changes
                    .find(tenant.id(), job)
                    .map(SchemaChangesController.JobView::of)
                    .orElseThrow()));
  }

  private static ProblemException refused(String urn, Verdict verdict) {
    return switch (verdict.kind()) {
      case NONE -> ProblemException.notFound("The tenant has defined no schema " + urn + ".");
      case RUNNING ->
          ProblemException.conflict(
              "Values of this schema are being dropped, job %s; wait for its end."
                  .formatted(verdict.job().map(UUID::toString).orElse("")));
      case OTHER_SPELLING ->
          ProblemException.conflict("The schema is defined under the same URN in other letters.");
      case HELD, LACKING -> held(urn, verdict);
      default ->
          ProblemException.unavailable(
              "An import or other work of the tenant takes too long to be waited for; try again.");
    };
  }

  private static ProblemException held(String urn, Verdict verdict) {
    Held held = verdict.held().orElseThrow();
    String who =
        "%s%d %s"
            .formatted(
                held.more() ? "More than " : "",
                held.count(),
                held.users() > 0 ? "user(s)" : "group(s)");
    ProblemException problem =
        ProblemException.conflict(
            verdict.kind() == Kind.HELD
                ? who
                    + " have values of "
                    + urn
                    + " that may not fit any more. With force=true such values are dropped."
                : who + " have nothing of " + urn + ", which is required now. Use force=true.");
    return problem
        .with("users", held.users())
        .with("groups", held.groups())
        .with("more", held.more());
  }

  private static Map<String, Object> view(Extension extension) {
    ObjectNode document = Objects.requireNonNull(extension.schema().json()).deepCopy();
    document.put("resourceType", extension.type().label());
    return JsonMaps.map(document.put("required", extension.required()));
  }
}
