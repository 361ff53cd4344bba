package io.gatehouse.tenant;

import io.gatehouse.command.RestoreCriteria;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The IdPs that a route file is loaded for. */
public interface IdpProfiles {

  /**
   * A route file.
   *
   * @param file where it is
   * @param idp the IdP that it is for
   * @param problem why it is not loaded, with the line; null when it is
   */
  record RouteFileStatus(String file, String idp, boolean loaded, @Nullable String problem) {}

  Set<String> names();

  /** By what a POST recognises a user who comes back; as in {@code standard} without a file. */
  RestoreCriteria recognition(String idp);

  List<RouteFileStatus> sources();
}
