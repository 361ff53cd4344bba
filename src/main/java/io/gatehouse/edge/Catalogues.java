package io.gatehouse.edge;

import io.gatehouse.scim.Catalogue;
import io.gatehouse.scim.Catalogue.Extension;
import java.util.UUID;

/** The schemas of the tenants. */
public interface Catalogues {

  /** What holds in a tenant now, give or take the few seconds for which it is remembered. */
  Catalogue of(UUID tenant);

  /** Defines an extension, or defines it anew; what is stored under its URN stays. */
  void define(UUID tenant, Extension extension);

  /** Ends the definition of an extension; false when the tenant has none of this URN. */
  boolean remove(UUID tenant, String urn);
}
