package io.gatehouse;

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
 * @param publicUrl where IdPs reach the gateway; without it, nobody is asked to call here
 * @param routes folder whose route files add to or replace those of the IdPs; none when absent
 * @param adminToken bearer token of the admin API; generated into {@code data/admin-token} when
 *     absent
 * @param erasureKey secret with which tombstones are hashed; generated into {@code
 *     data/erasure-key} when absent, and the same for all gateways of one database
 * @param secretKey key with which stored secrets are sealed; generated into {@code data/secret-key}
 *     when absent, and the same for all gateways of one database
 * @param tenantIsolation whether PostgreSQL itself keeps the rows of tenants apart, too
 * @param db an external PostgreSQL; embedded when absent
 * @param broker an external broker; embedded when it has no URL
 * @param profiles attributes that a profile of subscribers may see, where they are not the default
 *     ones
 * @param command limits of the write path
 * @param reads limits of reads by SCIM
 * @param subscriptions limits of what waits for subscribers
 * @param log of changes
 * @param entra where the keys of Entra ID are
 * @param endpoints where outbound webhooks may go
 * @param embedded how the embedded parts run
 * @param signIn how often one may be wrong
 * @param trustedProxies addresses or blocks of the proxies whose {@code X-Forwarded-For} is
 *     believed
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
    @DefaultValue List<String> trustedProxies) {

  /**
   * A certificate and its key, PEM files that are read again when they change. There is either both
   * or neither.
   *
   * @param certificate of the gateway, followed by those of the authorities between
   */
  public record Tls(@Nullable Path certificate, @Nullable Path key) {
    public boolean isOn() {
      return certificate != null && key != null;
    }
  }

  /**
   * Where the database is.
   *
   * @param user who reads and writes
   * @param owner who changes the schema when the gateway starts; {@code user} when absent
   */
  public record Db(
      @Nullable String url,
      @Nullable String user,
      @Nullable String password,
      @Nullable String owner,
      @Nullable String ownerPassword) {}

  /**
   * Where the broker is.
   *
   * @param port where subscribers connect, by AMQP 1.0; of the embedded one 0 for any
   * @param url of the core protocol, where gateways connect to an external one
   */
  public record Broker(
      @DefaultValue("61616") int port,
      @Nullable String url,
      @Nullable String user,
      @Nullable String password) {}

  /**
   * Limits of the write path.
   *
   * @param timeout how long a request waits for its outcome
   * @param maxWaiting how many requests may wait; of these, each tenant has a part
   */
  public record Command(
      @DefaultValue("12s") Duration timeout, @DefaultValue("200") int maxWaiting) {}

  /**
   * Limits of reads by SCIM.
   *
   * @param timeout how long one statement may take
   * @param maxRunning how many may run at once; of these, each tenant has a part
   */
  public record Reads(@DefaultValue("2s") Duration timeout, @DefaultValue("8") int maxRunning) {}

  /**
   * Limits of what waits for a subscriber; beyond them its queue is dropped.
   *
   * @param maxBacklog how many events
   * @param maxAge how long the first of them may wait
   * @param maxWaiting how many calls of {@code /events} may wait; the next is answered 429
   * @param maxDisk how much of the broker's disk the events of one profile may take up; when little
   *     is left, the longest queue is dropped
   */
  public record Subscriptions(
      @DefaultValue("1000000") long maxBacklog,
      @DefaultValue("14d") Duration maxAge,
      @DefaultValue("50") int maxWaiting,
      @DefaultValue("20GB") DataSize maxDisk) {}

  /**
   * The log of changes.
   *
   * @param retention how long every change is kept; afterwards only the last one of each user and
   *     group
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
   * @param allowPrivate whether they may go to addresses that are not on the internet, and
   *     unencrypted
   */
  public record Endpoints(@DefaultValue("false") boolean allowPrivate) {}

  /**
   * The embedded parts.
   *
   * @param binaries folder for the programs of PostgreSQL, which several gateways may share; {@code
   *     data/postgresql} when absent
   */
  public record Embedded(@Nullable Path binaries) {}

  /**
   * Attempts to sign in.
   *
   * @param maxFailures how many wrong credentials an address may try in a minute; then it waits one
   */
  public record SignIn(@DefaultValue("10") int maxFailures) {
    public SignIn {
      if (maxFailures < 1) {
        throw new IllegalArgumentException("gatehouse.sign-in.max-failures must be at least 1");
      }
    }
  }
}
