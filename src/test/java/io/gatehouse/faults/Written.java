package io.gatehouse.faults;

import java.util.UUID;

/**
 * A user that the writers have made.
 *
 * @param history what the clients did to the user, and saw of it
 */
record Written(UUID id, String name, History history) {}
