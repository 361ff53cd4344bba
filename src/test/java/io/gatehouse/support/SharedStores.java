package io.gatehouse.support;

import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.broker.BrokerConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/** The database and the broker of a gateway, for a second one beside it. */
public final class SharedStores {

  private SharedStores() {}

  public static Gateway start(Gateway first, Path data, String... settings) {
    HikariDataSource database = first.bean(HikariDataSource.class);
    FlywayConnectionDetails owner = first.bean(FlywayConnectionDetails.class);
    BrokerConnection broker = first.bean(BrokerConnection.class);
    List<String> shared =
        List.of(
            "--gatehouse.db.url=" + database.getJdbcUrl(),
            "--gatehouse.db.user=" + database.getUsername(),
            "--gatehouse.db.password=" + database.getPassword(),
            "--gatehouse.db.owner=" + owner.getUsername(),
            "--gatehouse.db.owner-password=" + owner.getPassword(),
            "--gatehouse.broker.url=" + broker.url(),
            "--gatehouse.broker.user=" + broker.user(),
            "--gatehouse.broker.password=" + broker.password());
    return Gateway.start(
        data, Stream.concat(shared.stream(), Stream.of(settings)).toArray(String[]::new));
  }
}
