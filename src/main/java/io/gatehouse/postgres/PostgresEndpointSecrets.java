package io.gatehouse.postgres;

import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.EndpointSecrets;
import io.gatehouse.delivery.webhook.SigningSecret;
import io.gatehouse.tenant.SecretCipher;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Secrets in {@code endpoint_secret}, encrypted. */
final class PostgresEndpointSecrets implements EndpointSecrets {

  private static final int MOST = 2;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final SecretCipher cipher;

  PostgresEndpointSecrets(JdbcClient jdbc, TransactionTemplate transactions, SecretCipher cipher) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.cipher = cipher;
  }

  @Override
  public Optional<UUID> add(Endpoint endpoint, SigningSecret secret) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> lockedCount(endpoint) < MOST ? insert(endpoint, secret) : Optional.empty()));
  }

  private Optional<UUID> insert(Endpoint endpoint, SigningSecret secret) {
    return jdbc.sql(
            """
            insert into endpoint_secret (id, endpoint_id, sealed) values (gen_random_uuid(), ?, ?)
            returning id
            """)
        .params(endpoint.id(), cipher.encrypt(secret.text()))
        .query(UUID.class)
        .optional();
  }

  @Override
  public boolean remove(Endpoint endpoint, UUID id) {
    return Boolean.TRUE.equals(
        transactions.execute(status -> lockedCount(endpoint) == MOST && delete(endpoint, id)));
  }

  private boolean delete(Endpoint endpoint, UUID id) {
    return 1
        == jdbc.sql("delete from endpoint_secret where endpoint_id = ? and id = ?")
            .params(endpoint.id(), id)
            .update();
  }

  /** Locks the endpoint and counts its secrets, so that there are always one or two. */
  private int lockedCount(Endpoint endpoint) {
    jdbc.sql("select 1 from endpoint where id = ? for no key update")
        .param(endpoint.id())
        .query(ignored -> {});
    return jdbc.sql("select count(*) from endpoint_secret where endpoint_id = ?")
        .param(endpoint.id())
        .query(Integer.class)
        .single();
  }

  @Override
  public List<Label> labels(Endpoint endpoint) {
    return jdbc.sql(
            "select id, created_at from endpoint_secret where endpoint_id = ? order by created_at")
        .param(endpoint.id())
        .query(
            (row, n) ->
                new Label(
                    row.getObject("id", UUID.class),
                    Objects.requireNonNull(ColumnValues.instant(row, "created_at"))))
        .list();
  }

  @Override
  public List<SigningSecret> live(Endpoint endpoint) {
    return jdbc.sql("select sealed from endpoint_secret where endpoint_id = ? order by created_at")
        .param(endpoint.id())
        .query((row, n) -> new SigningSecret(cipher.decrypt(row.getString("sealed"))))
        .list();
  }
}
