package io.gatehouse.camel;

import io.gatehouse.command.Envelope;
import io.gatehouse.command.Waiting;
import io.gatehouse.edge.ScimRequest;

/**
 * A command that is being sent, the request behind it, and the place where its outcome is awaited.
 */
record Submission(ScimRequest request, Envelope envelope, Waiting.Place place) {}
