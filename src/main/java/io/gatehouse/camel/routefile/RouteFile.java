package io.gatehouse.camel.routefile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.Resource;

/**
 * A route file of an IdP.
 *
 * @param idp the name of the file without its extension
 * @param location where it was found, for messages
 */
record RouteFile(String idp, String location, Resource content) {

  static final String ENDING = ".camel.yaml";

  static RouteFile of(String name, String location, Resource content) {
    return new RouteFile(name.substring(0, name.length() - ENDING.length()), location, content);
  }

  /**
   * The content as text.
   *
   * @throws IOException also when it is not UTF-8
   */
  String text() throws IOException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(content.getContentAsByteArray()))
        .toString();
  }
}
