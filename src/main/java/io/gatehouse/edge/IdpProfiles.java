package io.gatehouse.edge;

import java.util.Set;

/** The IdPs that a route file is loaded for. */
@FunctionalInterface
public interface IdpProfiles {

  Set<String> names();
}
