package io.gatehouse.edge;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway is reached from outside. When that is set, no header of a request decides it.
 *
 * @param configured for example {@code https://id.example.com}; null when it is not set
 */
public record PublicUrl(@Nullable URI configured) {

  /**
   * The URL before the path, without a slash at its end.
   *
   * @param asked what the client has put into {@code Host}, for example {@code
   *     http://localhost:8080}
   */
  public String base(String asked) {
    return configured == null ? asked : configured.toString().replaceAll("/+$", "");
  }
}
