package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;

/**
 * ENTRA-19, ENTRA-21, ENTRA-55: an undefined extension, such as {@code
 * "urn:acme:User":{"badge":"7"}}, is stored unchanged, and an unknown URN in {@code schemas} is
 * accepted. By RFC 7644 section 3.3 both would be refused, and the user with them.
 */
final class KeepUnknownExtensions implements Quirk {

  @Override
  public ScimRequest fix(ScimRequest request) {
    return request.with(request.catalogue().opened());
  }
}
