package io.gatehouse.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.List;

/** Splits the changes of a group's members into chunks that fit into a message. */
final class MemberChunks {

  private final int size;
  private final List<ObjectNode> chunks = new ArrayList<>();
  private int room;

  private MemberChunks(int size) {
    this.size = size;
  }

  /** Chunks of {@code {"added":[...],"removed":[...]}} with at most {@code size} ids each. */
  static List<ObjectNode> of(JsonNode members, int size) {
    MemberChunks cut = new MemberChunks(size);
    members.path("added").forEach(id -> cut.put("added", id));
    members.path("removed").forEach(id -> cut.put("removed", id));
    return cut.chunks;
  }

  private void put(String side, JsonNode id) {
    if (room == 0) {
      ObjectNode chunk = Json.object();
      chunk.putArray("added");
      chunk.putArray("removed");
      chunks.add(chunk);
      room = size;
    }
    chunks.get(chunks.size() - 1).withArray(side).add(id);
    room--;
  }
}
