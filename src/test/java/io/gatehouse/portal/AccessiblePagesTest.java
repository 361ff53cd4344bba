package io.gatehouse.portal;

/** Each page once; {@link AccessiblePagesSoak} looks longer. */
class AccessiblePagesTest extends AccessiblePages {

  AccessiblePagesTest() {
    super(false);
  }
}
