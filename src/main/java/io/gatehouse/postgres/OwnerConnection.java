package io.gatehouse.postgres;

import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/**
 * The connection settings of migrations.
 *
 * @param url the JDBC URL of the database
 * @param owner the role that owns the tables
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
