package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;

/**
 * ENTRA-19, ENTRA-21, ENTRA-55: an extension that nobody has defined, such as {@code
 * "urn:acme:User":{"badge":"7"}}, is kept as it came, and an unknown URN in {@code schemas} does no
 * harm. To the letter of RFC 7644 section 3.3 both would be refused, and the user with them.
 */
final class KeepUnknownExtensions implements Quirk {

  @Override
  public ScimRequest fix(ScimRequest request) {
    return request.with(request.catalogue().opened());
  }
}
