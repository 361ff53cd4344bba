package io.gatehouse.directory;

import io.gatehouse.change.Change;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import java.util.Optional;

/** What one command came to. */
record Step(Envelope envelope, Outcome outcome, Optional<Change> change) {}
