package io.gatehouse.camel;

import io.gatehouse.command.Envelope;
import io.gatehouse.command.Waiting;

/** A command that is being sent, and the place where its outcome is awaited. */
record Submission(Envelope envelope, Waiting.Place place) {}
