package io.gatehouse.command;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * The unique id of a command; commands with the same id are applied once (UUIDv7, RFC 9562 section
 * 5.7).
 *
 * @param value never reused
 */
public record CommandId(UUID value) {

  private static final SecureRandom RANDOM = new SecureRandom();

  public static CommandId next(Instant now) {
    return new CommandId(uuid7(now));
  }

  /** A time-ordered UUID, also used for the ids of resources and events. */
  public static UUID uuid7(Instant now) {
    long high = (now.toEpochMilli() << 16) | 0x7000L | (RANDOM.nextLong() & 0x0FFFL);
    long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
