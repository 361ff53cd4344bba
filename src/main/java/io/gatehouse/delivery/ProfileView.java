package io.gatehouse.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The permitted part of a change for one profile. */
record ProfileView(Profile profile, AllowList allowed) {

  /** Adds the state and the changes to the event; a notice contains only the changed paths. */
  void show(JsonNode log, boolean withChanges, ObjectNode data) {
    if (profile == Profile.NOTICE) {
      ArrayNode paths = data.putArray("changedPaths");
      log.path("changes").forEach(it -> paths.add(it.path("path")));
      return;
    }
    if (withChanges && log.has("changes")) {
      data.set("changes", allowed.projectChanges(log.path("changes")));
    }
    if (log.has("resource")) {
      data.set("resource", allowed.project(log.path("resource")));
    }
  }
}
