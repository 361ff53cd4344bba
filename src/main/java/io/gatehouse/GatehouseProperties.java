package io.gatehouse;

import io.gatehouse.access.Role;
import io.gatehouse.delivery.Profile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings, each also an environment variable: {@code gatehouse.db.url} is {@code
 * GATEHOUSE_DB_URL}.
 *
 * @param port of HTTP; 0 for any
 * @param bind address that the ports of the gateway and of the embedded broker listen at
 * @param tls encryption of both; none when absent
 * @param managementPort of health and metrics; 0 for any
 * @param maxConnectionsPerAddress connections that one remote address may have open at a time; 0
 *     for any number
 * @param data folder of the embedded database and broker, and of the generated admin token
 * @param publicUrl base URL at which IdPs reach the gateway; when absent, no IdP is asked to call
 *     it
 * @param routes folder whose route files add to or replace those of the IdPs; none when absent
 * @param adminToken bearer token of the admin API; generated into {@code data/admin-token} when
 *     absent
 * @param erasureKey secret with which tombstones are hashed; generated into {@code
 *     data/erasure-key} when absent, and the same for all gateways of one database
 * @param secretKey key with which stored secrets are sealed; generated into {@code data/secret-key}
 *     when absent, and the same for all gateways of one database
 * @param tenantIsolation whether PostgreSQL also separates the rows of tenants, by row level
 *     security
 * @param db an external PostgreSQL; embedded when absent
 * @param broker an external broker; embedded when it has no URL
 * @param profiles attributes that subscribers of a profile receive, where they differ from the
 *     default
 * @param command limits of the write path
 * @param reads limits of reads by SCIM
 * @param subscriptions limits of the backlog of a subscriber
 * @param log retention of the log of changes
 * @param entra location of the signing keys of Entra ID
 * @param endpoints permitted destinations of outbound webhooks
 * @param embedded settings of the embedded PostgreSQL
 * @param signIn limit of failed sign-ins
 * @param oidc provider where administrators sign in to the portal; none when it has no issuer
 * @param trustedProxies addresses or blocks of the proxies whose {@code X-Forwarded-For} is
 *     believed
 * @param traces where the spans of traces are exported
 * @param stopDelay how long requests are still answered after the signal to stop, while readiness
 *     is down already
 */
@ConfigurationProperties(prefix = "gatehouse", ignoreUnknownFields = false)
public record GatehouseProperties(
    @DefaultValue("8080") int port,
    @DefaultValue("127.0.0.1") String bind,
    @DefaultValue Tls tls,
    @DefaultValue("8081") int managementPort,
    @DefaultValue("256") int maxConnectionsPerAddress,
    @DefaultValue("./data") Path data,
    @Nullable URI publicUrl,
    @Nullable Path routes,
    @Nullable String adminToken,
    @Nullable String erasureKey,
    @Nullable String secretKey,
    @DefaultValue("false") boolean tenantIsolation,
    @DefaultValue Db db,
    @DefaultValue Broker broker,
    @DefaultValue Map<Profile, Set<String>> profiles,
    @DefaultValue Command command,
    @DefaultValue Reads reads,
    @DefaultValue Subscriptions subscriptions,
    @DefaultValue Log log,
    @DefaultValue Entra entra,
    @DefaultValue Endpoints endpoints,
    @DefaultValue Embedded embedded,
    @DefaultValue SignIn signIn,
    @DefaultValue Oidc oidc,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue Traces traces,
    @DefaultValue("0s") Duration stopDelay) {

  /**
   * A certificate and its key, PEM files that are read again when they change. There is either both
   * or neither.
   *
   * @param certificate of the gateway, followed by the intermediate certificates
   */
  public record Tls(@Nullable Path certificate, @Nullable Path key) {
    public boolean isOn() {
      return certificate != null && key != null;
    }
  }

  /**
   * Connection to PostgreSQL.
   *
   * @param user the role that reads and writes
   * @param owner the role that migrates the schema at the start; {@code user} when absent
   */
  public record Db(
      @Nullable String url,
      @Nullable String user,
      @Nullable String password,
      @Nullable String owner,
      @Nullable String ownerPassword) {}

  /**
   * Connection to the broker.
   *
   * @param port for subscribers, by AMQP 1.0; 0 for any port of the embedded broker
   * @param url of the core protocol, through which gateways connect to an external broker
   */
  public record Broker(
      @DefaultValue("61616") int port,
      @Nullable String url,
      @Nullable String user,
      @Nullable String password) {}

  /**
   * Limits of the write path.
   *
   * @param timeout time that a request waits for its outcome
   * @param maxWaiting maximum number of waiting requests; each tenant may use a share of it
   */
  public record Command(
      @DefaultValue("12s") Duration timeout, @DefaultValue("200") int maxWaiting) {}

  /**
   * Limits of reads by SCIM.
   *
   * @param timeout limit of one SQL statement
   * @param maxRunning maximum number of concurrent reads; each tenant may use a share of it
   */
  public record Reads(@DefaultValue("2s") Duration timeout, @DefaultValue("8") int maxRunning) {}

  /**
   * Limits of the backlog of a subscriber; when one is exceeded, the queue is dropped.
   *
   * @param maxBacklog maximum number of events
   * @param maxAge maximum age of the oldest event
   * @param maxWaiting maximum number of waiting calls of {@code /events}; the next one is answered
   *     429
   * @param maxDisk maximum part of the broker's disk for the events of one profile; when the disk
   *     is nearly full, the longest queue is dropped
   */
  public record Subscriptions(
      @DefaultValue("1000000") long maxBacklog,
      @DefaultValue("14d") Duration maxAge,
      @DefaultValue("50") int maxWaiting,
      @DefaultValue("20GB") DataSize maxDisk) {}

  /**
   * The log of changes.
   *
   * @param retention time that every change is kept; afterwards only the last change of each user
   *     and group is kept
   */
  public record Log(@DefaultValue("90d") Duration retention) {}

  /** Entra ID: the keys of a tenant are at {@code authority/{tenant}/discovery/keys}. */
  public record Entra(@DefaultValue("https://login.microsoftonline.com") URI authority) {
    public Entra {
      String scheme = authority.getScheme();
      if (!"https".equals(scheme) && !"http".equals(scheme)) {
        throw new IllegalArgumentException("gatehouse.entra.authority must begin with https://");
      }
    }
  }

  /**
   * Outbound webhooks.
   *
   * @param allowPrivate whether they may use private addresses and plain HTTP
   */
  public record Endpoints(@DefaultValue("false") boolean allowPrivate) {}

  /**
   * Traces.
   *
   * @param endpoint of a collector, for OTLP over HTTP; nothing is exported when absent
   * @param ratio of the traces that are exported, by their ids
   */
  public record Traces(@Nullable URI endpoint, @DefaultValue("1") double ratio) {}

  /**
   * The embedded PostgreSQL.
   *
   * @param binaries folder for the programs of PostgreSQL, which several gateways may share; {@code
   *     data/postgresql} when absent
   */
  public record Embedded(@Nullable Path binaries) {}

  /**
   * Attempts to sign in.
   *
   * @param maxFailures maximum number of wrong credentials from one address in a minute; further
   *     ones are answered 429 for a minute
   */
  public record SignIn(@DefaultValue("10") int maxFailures) {
    public SignIn {
      if (maxFailures < 1) {
        throw new IllegalArgumentException("gatehouse.sign-in.max-failures must be at least 1");
      }
    }
  }

  /**
   * Sign-in of administrators at an OIDC provider.
   *
   * @param clientSecret null for a public client
   * @param name of the provider, on the button
   * @param rolesClaim the claim with the groups of an administrator
   * @param roles the group that gives each role
   * @param tenants the group that gives each tenant, by slug; when empty, all administrators see
   *     all
   * @param allTenants the group that gives all tenants, where {@code tenants} is set
   */
  public record Oidc(
      @Nullable URI issuer,
      @Nullable String clientId,
      @Nullable String clientSecret,
      @DefaultValue("single sign-on") String name,
      @DefaultValue("groups") String rolesClaim,
      @DefaultValue Map<Role, String> roles,
      @DefaultValue Map<String, String> tenants,
      @Nullable String allTenants) {
    public Oidc {
      if (issuer != null && (clientId == null || roles.isEmpty())) {
        throw new IllegalArgumentException(
            "gatehouse.oidc.issuer needs gatehouse.oidc.client-id and gatehouse.oidc.roles.<role>");
      }
    }

    public boolean isOn() {
      return issuer != null;
    }
  }
}
