package io.gatehouse.edge;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * The members of a large group, or the resources of a large page, read from the store while the
 * answer is written, so that they are never in memory together.
 */
final class StreamedMembers extends JsonSerializable.Base {

  private final Consumer<Consumer<JsonNode>> source;

  /**
   * Creates the value; nothing is read yet.
   *
   * @param source passes each element to the given consumer
   */
  StreamedMembers(Consumer<Consumer<JsonNode>> source) {
    this.source = source;
  }

  @Override
  public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
    generator.writeStartArray();
    try {
      source.accept(member -> write(member, generator, provider));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    generator.writeEndArray();
  }

  private static void write(JsonNode member, JsonGenerator generator, SerializerProvider provider) {
    try {
      member.serialize(generator, provider);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void serializeWithType(
      JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
      throws IOException {
    serialize(generator, provider);
  }
}
