package io.gatehouse.faults;

import java.util.Collection;
import java.util.stream.Collectors;

/** What can be killed. */
enum Part {
  GATEWAY("gateway"),
  BROKER("broker"),
  DATABASE("PostgreSQL");

  private final String word;

  Part(String word) {
    this.word = word;
  }

  /** As in {@code gateway and PostgreSQL}. */
  static String words(Collection<Part> parts) {
    return parts.stream().map(it -> it.word).collect(Collectors.joining(" and "));
  }
}
