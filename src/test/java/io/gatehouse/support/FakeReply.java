package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a {@link FakeIdp} answers. */
record FakeReply(int status, List<String> headers, JsonNode json) {

  static FakeReply of(int status, JsonNode json) {
    return new FakeReply(status, List.of(), json);
  }

  static FakeReply ok(JsonNode json) {
    return of(200, json);
  }

  FakeReply with(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new FakeReply(status, more, json);
  }
}
