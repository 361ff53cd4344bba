package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;

/**
 * OL-12: a request whose {@code Accept} names {@code application/json} and nothing else is answered
 * {@code application/json}, errors too, and every other {@code application/scim+json}. OneLogin's
 * guide asks for the former. It must be the first quirk of a list, so that it applies to the errors
 * of later quirks.
 */
final class PlainJsonIfAsked implements Quirk {

  @Override
  public ScimRequest fix(ScimRequest request) {
    return request.plain();
  }
}
