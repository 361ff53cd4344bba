package io.gatehouse.portal;

/**
 * {@code ./mvnw test -Psoak -Dtest=AccessiblePagesSoak}: each page in the light and in the dark,
 * and also with nothing on it, opened, filtered or after an error.
 */
class AccessiblePagesSoak extends AccessiblePages {

  AccessiblePagesSoak() {
    super(true);
  }
}
