package io.gatehouse.postgres;

import io.gatehouse.StartupRefusedException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checks that the database keeps committed transactions, which "accepted means kept" requires, also
 * when a standby takes over.
 */
final class DurabilityCheck {

  private static final Logger LOG = LoggerFactory.getLogger(DurabilityCheck.class);
  private static final List<String> NEEDED =
      List.of("fsync", "full_page_writes", "synchronous_commit");

  private DurabilityCheck() {}

  /**
   * What a database is.
   *
   * @param settings of a session of the gateway, which its role or its database may set
   * @param standby whether it replicates another one
   * @param replicas number of connections that replicate it
   */
  record Found(Map<String, String> settings, boolean standby, long replicas) {

    /** One sentence that says why the gateway cannot work with it. */
    Optional<String> refusal() {
      if (standby) {
        return Optional.of(
            "The database is a standby, which takes no writes: name the primary in GATEHOUSE_DB_URL,"
                + " or both and targetServerType=primary.");
      }
      if (is("default_transaction_read_only", "on")) {
        return Optional.of(
            "The database takes no writes, because default_transaction_read_only is on for this role"
                + " or database.");
      }
      List<String> off = NEEDED.stream().filter(it -> is(it, "off")).toList();
      return off.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "PostgreSQL may lose committed transactions, because these settings are off: "
                  + String.join(", ", off)
                  + ".");
    }

    /** One sentence that says what may be lost when the standby takes over. */
    Optional<String> warning() {
      boolean asked = !settings.getOrDefault("synchronous_standby_names", "").isEmpty();
      if (!asked && replicas == 0) {
        return Optional.empty();
      }
      String lost =
          ": when a standby takes over, accepted changes of the last moments may be lost, though their"
              + " events may have been sent.";
      if (!asked) {
        return Optional.of(
            "The database is being replicated, and commits wait for no standby, because"
                + " synchronous_standby_names is empty"
                + lost);
      }
      if (is("synchronous_commit", "local")) {
        return Optional.of(
            "Commits do not wait for the standby of the database, because synchronous_commit is local"
                + lost);
      }
      return is("synchronous_commit", "remote_write")
          ? Optional.of(
              "Commits wait until the standby of the database has received them, but not until they are"
                  + " on its disk, because synchronous_commit is remote_write: when both crash,"
                  + " accepted changes of the last moments may be lost.")
          : Optional.empty();
    }

    private boolean is(String setting, String value) {
      return value.equals(settings.get(setting));
    }
  }

  /**
   * Refuses a database that may lose committed transactions, or takes none. Warns of a standby that
   * may lack some.
   *
   * @throws StartupRefusedException naming the settings
   */
  static void require(JdbcClient jdbc) {
    Found found = found(jdbc);
    found
        .refusal()
        .ifPresent(
            sentence -> {
              throw new StartupRefusedException(sentence);
            });
    found.warning().ifPresent(LOG::warn);
  }

  private static Found found(JdbcClient jdbc) {
    try {
      return new Found(settings(jdbc), isStandby(jdbc), replicas(jdbc));
    } catch (CannotGetJdbcConnectionException e) {
      LOG.debug("The database cannot be reached", e);
      throw new StartupRefusedException(
          "The database of GATEHOUSE_DB_URL cannot be used: " + reason(e));
    }
  }

  /** The pool wraps what the driver says, and the driver what the network says. */
  private static String reason(Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    for (Throwable it = failure; it != null; it = it.getCause()) {
      if (it instanceof SQLException) {
        reason = String.valueOf(it.getMessage());
      }
    }
    return reason;
  }

  private static Map<String, String> settings(JdbcClient jdbc) {
    return jdbc
        .sql(
            """
            select name, setting
              from pg_settings
             where name in ('fsync', 'synchronous_commit', 'full_page_writes',
                            'synchronous_standby_names', 'default_transaction_read_only')
            """)
        .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isStandby(JdbcClient jdbc) {
    return jdbc.sql("select pg_is_in_recovery()").query(Boolean.class).single();
  }

  /** A role without pg_monitor may count them, and sees neither their names nor their states. */
  private static long replicas(JdbcClient jdbc) {
    try {
      return jdbc.sql(
              "select count(*) from pg_stat_replication where state is distinct from 'backup'")
          .query(Long.class)
          .single();
    } catch (DataAccessException e) {
      LOG.debug("The role may not read what replicates the database", e);
      return 0;
    }
  }

  /**
   * Refuses a URL of several servers that may lead to a standby.
   *
   * @throws StartupRefusedException naming the option that is missing
   */
  static void requirePrimary(String url) {
    String hosts =
        url.replaceFirst("\\?.*", "").replaceFirst("^[^/]*//", "").replaceFirst("/.*", "");
    if (hosts.contains(",") && !url.matches(".*[?&]targetServerType=(primary|master)(&.*)?")) {
      throw new StartupRefusedException(
          "GATEHOUSE_DB_URL names several servers and needs the option targetServerType=primary, or"
              + " the gateway could write to a standby.");
    }
  }
}
