package io.gatehouse.support;

import java.util.List;

/** Cuts lists into pages, smaller than the caller wants them if a test says so. */
final class FakePages {

  private String base = "";
  private volatile int size = 1000;

  record Page<T>(List<T> items, int end, boolean isLast) {}

  void at(String url) {
    base = url;
  }

  /** Where links begin. */
  String base() {
    return base;
  }

  int size() {
    return size;
  }

  void atMost(int items) {
    size = items;
  }

  <T> Page<T> cut(List<T> all, int from, String limit) {
    int wanted = limit == null ? size : Math.min(size, Integer.parseInt(limit));
    int end = Math.min(all.size(), from + wanted);
    return new Page<>(all.subList(Math.min(from, end), end), end, end == all.size());
  }
}
