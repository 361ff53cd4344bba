package io.gatehouse.idp;

import io.gatehouse.support.Gateway;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the audit says was repaired in the writes of a resource. */
public final class LeftOut {

  private LeftOut() {}

  public static String repairs(UUID resource) {
    return Gateway.shared()
        .bean(JdbcClient.class)
        .sql(
            """
            select coalesce(string_agg(d.detail ->> 'repairs', ' '), '')
              from audit_entry e join audit_detail d on d.audit_id = e.id
             where e.resource_id = ?
            """)
        .param(resource)
        .query(String.class)
        .single();
  }
}
