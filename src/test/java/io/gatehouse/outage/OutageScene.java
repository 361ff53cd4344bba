package io.gatehouse.outage;

import io.gatehouse.http.HostNames;
import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.FaultProxy;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.SmallDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A gateway whose database, broker, name servers and clock can fail, each in several ways. */
final class OutageScene implements AutoCloseable {

  /** Each table asks what is the matter, at each statement and at each commit. */
  private static final String FAULTS =
      """
      create schema fault;
      create table fault.present (kind text not null);
      insert into fault.present values ('none');
      create function fault.full_disk() returns trigger language plpgsql as $$
      begin
        if (select kind from fault.present) = 'full' then
          raise exception 'No space left on device' using errcode = '53100';
        end if;
        return null;
      end $$;
      create function fault.slow_commit() returns trigger language plpgsql as $$
      begin
        if (select kind from fault.present) = 'slow'
            and coalesce(current_setting('fault.slept', true), '') <> pg_current_xact_id()::text then
          perform set_config('fault.slept', pg_current_xact_id()::text, true);
          perform pg_sleep(5);
        end if;
        return null;
      end $$;
      do $$
      declare each regclass;
      begin
        for each in
          select c.oid from pg_class c
           where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
             and c.relname not like 'flyway%'
        loop
          execute format('create trigger full_disk before insert or update or delete on %s'
            ' for each statement execute function fault.full_disk()', each);
          execute format('create constraint trigger slow_commit after insert or update or delete on %s'
            ' deferrable initially deferred for each row execute function fault.slow_commit()', each);
        end loop;
      end $$;
      """;

  /** Of each of the two disks, of which the database needs a fifth at first. */
  private static final int MEBIBYTES = 400;

  private static final Duration RESOLVER = Duration.ofSeconds(30);
  private static volatile String names = "";

  private final ExternalDatabase database;
  private final BrokerProcess broker;
  private final FaultProxy toDatabase;
  private final FaultProxy toBroker;
  private final Gateway gateway;
  private final Receiver receiver = Receiver.start();

  /** Those of the database and the broker, or none. */
  private final List<SmallDisk> disks;

  OutageScene(Path folder) throws Exception {
    this(folder, List.of());
  }

  private OutageScene(Path folder, List<SmallDisk> disks) throws Exception {
    this.disks = disks;
    database = ExternalDatabase.start(folder.resolve("of-database").resolve("pg"));
    broker = BrokerProcess.start(Files.createDirectories(folder.resolve("of-broker")));
    toDatabase = FaultProxy.to(database.port());
    toBroker = FaultProxy.to(broker.port());
    gateway =
        Gateway.start(
            Surroundings.class,
            Gateway.temporaryFolder(),
            Stream.of(
                    ExternalDatabase.settings(toDatabase.port()), broker.settings(toBroker.port()))
                .flatMap(Stream::of)
                .toArray(String[]::new));
    sql(FAULTS);
  }

  /** One whose database and broker have disks of their own, which can really be full. */
  static OutageScene onSmallDisks(Path folder) throws Exception {
    return new OutageScene(
        folder,
        List.of(
            SmallDisk.mount(folder.resolve("of-database"), MEBIBYTES),
            SmallDisk.mount(folder.resolve("of-broker"), MEBIBYTES)));
  }

  boolean isOnSmallDisks() {
    return !disks.isEmpty();
  }

  void fillDatabase() throws Exception {
    if (isOnSmallDisks()) {
      disks.get(0).fill();
    } else {
      commits("full");
    }
  }

  /** A server that has ended for want of room is started again, as its supervisor would do. */
  void emptyDatabase() throws Exception {
    if (isOnSmallDisks()) {
      disks.get(0).empty();
      database.startIfEnded();
    }
    heal();
  }

  void fillBroker() throws IOException {
    if (isOnSmallDisks()) {
      disks.get(1).fill();
    } else {
      broker.fillDisk(true);
    }
  }

  void emptyBroker() throws IOException {
    if (isOnSmallDisks()) {
      disks.get(1).empty();
    } else {
      broker.fillDisk(false);
    }
  }

  /**
   * The clock and the name servers. It is no {@code @Configuration}, or every gateway would find
   * it.
   */
  static class Surroundings extends MovableClock {

    @Bean
    @Primary
    HostNames failingNames() {
      return OutageScene::addresses;
    }
  }

  private static InetAddress[] addresses(String host) throws UnknownHostException {
    switch (names) {
      case "silent" -> {
        try {
          TimeUnit.MILLISECONDS.sleep(RESOLVER.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        throw new UnknownHostException(host);
      }
      case "unknown" -> throw new UnknownHostException(host);
      default -> {
        return InetAddress.getAllByName(host);
      }
    }
  }

  static void names(String fault) {
    names = fault;
  }

  /** Commits are {@code slow}, or each write finds the disk {@code full}. */
  void commits(String fault) throws SQLException {
    sql("update fault.present set kind = '" + fault + "'");
  }

  /** Ends every fault but those of the disk of the broker and of a database that is read-only. */
  void heal() throws SQLException {
    toDatabase.heal();
    toBroker.heal();
    commits("none");
    names("");
    MovableClock.set(Duration.ZERO);
  }

  /** Straight to the database. */
  void sql(String text) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  ExternalDatabase database() {
    return database;
  }

  BrokerProcess broker() {
    return broker;
  }

  FaultProxy toDatabase() {
    return toDatabase;
  }

  FaultProxy toBroker() {
    return toBroker;
  }

  Gateway gateway() {
    return gateway;
  }

  Receiver receiver() {
    return receiver;
  }

  @Override
  public void close() throws IOException {
    MovableClock.set(Duration.ZERO);
    names("");
    gateway.close();
    toBroker.close();
    toDatabase.close();
    broker.close();
    database.close();
    receiver.close();
    for (SmallDisk each : disks) {
      each.close();
    }
  }
}
