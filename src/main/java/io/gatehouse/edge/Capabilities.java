package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The service provider configuration (RFC 7643 section 5, RFC 9865 section 4). */
final class Capabilities {

  private Capabilities() {}

  static void describe(ObjectNode config) {
    config.put("documentationUri", "https://www.rfc-editor.org/info/rfc7644");
    support(config, "patch", true);
    support(config, "bulk", true)
        .put("maxOperations", RequestLimits.MAX_OPERATIONS)
        .put("maxPayloadSize", RequestLimits.MAX_PAYLOAD);
    support(config, "filter", true).put("maxResults", RequestLimits.MAX_RESULTS);
    support(config, "changePassword", false);
    support(config, "sort", true);
    support(config, "etag", true);
    paging(config.putObject("pagination"));
    authentication(config.putArray("authenticationSchemes").addObject());
  }

  private static ObjectNode support(ObjectNode config, String feature, boolean supported) {
    return config.putObject(feature).put("supported", supported);
  }

  private static void paging(ObjectNode pagination) {
    pagination
        .put("cursor", true)
        .put("index", true)
        .put("defaultPaginationMethod", "index")
        .put("defaultPageSize", RequestLimits.DEFAULT_COUNT)
        .put("maxPageSize", RequestLimits.MAX_RESULTS)
        .put("cursorTimeout", RequestLimits.CURSOR_TIMEOUT.toSeconds());
  }

  private static void authentication(ObjectNode scheme) {
    scheme
        .put("type", "oauthbearertoken")
        .put("name", "Bearer token")
        .put("description", "A token that an administrator makes for a connection.")
        .put("specUri", "https://www.rfc-editor.org/info/rfc6750")
        .put("primary", true);
  }
}
