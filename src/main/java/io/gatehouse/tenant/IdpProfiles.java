package io.gatehouse.tenant;

import io.gatehouse.command.RestoreCriteria;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The IdPs with a loaded route file. */
public interface IdpProfiles {

  /**
   * A route file.
   *
   * @param file its path
   * @param idp the IdP that it serves
   * @param problem why it is not loaded, with the line; null when it is loaded
   */
  record RouteFileStatus(String file, String idp, boolean loaded, @Nullable String problem) {}

  Set<String> names();

  /** Those of {@link #names()} whose file has a webhook route. */
  Set<String> withWebhooks();

  /**
   * The criteria by which a POST recognises a returning user; those of {@code standard} without a
   * file.
   */
  RestoreCriteria recognition(String idp);

  List<RouteFileStatus> sources();
}
