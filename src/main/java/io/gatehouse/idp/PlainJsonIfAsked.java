package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;

/**
 * OL-12: a request whose {@code Accept} names {@code application/json} and nothing else is answered
 * {@code application/json}, errors too, and every other {@code application/scim+json}. OneLogin's
 * guide asks for the former. Put it first, so that it holds for what later quirks refuse.
 */
final class PlainJsonIfAsked implements Quirk {

  @Override
  public ScimRequest fix(ScimRequest request) {
    return request.plain();
  }
}
