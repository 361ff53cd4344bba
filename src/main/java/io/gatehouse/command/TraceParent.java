package io.gatehouse.command;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code traceparent} of W3C Trace Context: the trace, and the step in it, that a call
 * belongs to. It is passed on as it came, to commands, changes and events.
 */
public final class TraceParent {

  public static final String NAME = "traceparent";

  /** Version 00; in it, neither id is all zeros. */
  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private static final int TRACE_START = 3;
  private static final int TRACE_END = 35;

  private TraceParent() {}

  /** The header if it has the form of version 00; else null, as if there were none. */
  public static @Nullable String valid(@Nullable String header) {
    return header != null && FORM.matcher(header).matches() ? header : null;
  }

  /** The id of the trace. */
  static String trace(String traceparent) {
    return traceparent.substring(TRACE_START, TRACE_END);
  }
}
