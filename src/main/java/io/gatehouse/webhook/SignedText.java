package io.gatehouse.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signed bytes: those of the body, alone or with the time and an id.
 *
 * @param order {@code id.t.body} and the like
 * @param idHeader the header with the id, if the id is signed
 */
record SignedText(String order, Optional<String> idHeader) {

  private static final String BODY_TIME = "body+t";

  static SignedText of(StepParameters parameters) {
    SignedText text =
        new SignedText(
            parameters.oneOf("content", "body", "t.body", "id.t.body", BODY_TIME),
            parameters.find("id"));
    if (text.order.startsWith("id.") != text.idHeader.isPresent()) {
      throw new WrongParameterException("id", "goes with the 'content' id.t.body, and must then");
    }
    return text;
  }

  boolean hasTime() {
    return !order.equals("body");
  }

  byte[] of(WebhookCall call, @Nullable String time) {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    idHeader.ifPresent(it -> add(signed, call.header(it).orElse("") + "."));
    if (hasTime() && !order.equals(BODY_TIME)) {
      add(signed, time + ".");
    }
    signed.writeBytes(call.body());
    if (order.equals(BODY_TIME)) {
      add(signed, String.valueOf(time));
    }
    return signed.toByteArray();
  }

  private static void add(ByteArrayOutputStream signed, String text) {
    signed.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
