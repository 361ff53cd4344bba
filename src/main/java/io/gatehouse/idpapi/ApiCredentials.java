package io.gatehouse.idpapi;

/** What an API is shown with each call. */
interface ApiCredentials {

  /** The header {@code Authorization}. */
  String authorization();

  /** Whether there may be a better one, after the API has refused this one. */
  default boolean refused(String authorization) {
    return false;
  }
}
