package io.gatehouse.postgres;

import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/**
 * How migrations connect.
 *
 * @param url of the database, by JDBC
 * @param owner of the tables
 */
public record OwnerConnection(String url, DatabaseRoles.Login owner)
    implements FlywayConnectionDetails {

  @Override
  public String getJdbcUrl() {
    return url;
  }

  @Override
  public String getUsername() {
    return owner.user();
  }

  @Override
  public String getPassword() {
    return owner.password();
  }
}
