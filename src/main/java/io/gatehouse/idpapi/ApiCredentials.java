package io.gatehouse.idpapi;

/** The credentials of the calls to an API. */
interface ApiCredentials {

  /** The value of the header {@code Authorization}. */
  String authorization();

  /** Reports that the API has refused a value; true when a retry may use another one. */
  default boolean refused(String authorization) {
    return false;
  }
}
