package io.gatehouse.edge;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The public URL of the gateway. When it is configured, no header of a request changes it.
 *
 * @param configured for example {@code https://id.example.com}; null when it is not set
 */
public record PublicUrl(@Nullable URI configured) {

  /**
   * The URL before the path, without a slash at its end.
   *
   * @param asked the URL by the client's {@code Host} header, for example {@code
   *     http://localhost:8080}
   */
  public String base(String asked) {
    return configured == null ? asked : configured.toString().replaceAll("/+$", "");
  }
}
