package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** The data types of simple values (RFC 7643 section 2.3). */
public final class LexicalTypes {

  private LexicalTypes() {}

  /** The stored form of a value; empty when it is not of this type. */
  public static Optional<JsonNode> canonical(Attribute.Type type, JsonNode value) {
    return switch (type) {
      case BOOLEAN -> Optional.of(value).filter(JsonNode::isBoolean);
      case INTEGER -> Optional.of(value).filter(JsonNode::isIntegralNumber);
      case DECIMAL -> Optional.of(value).filter(JsonNode::isNumber).map(LexicalTypes::decimal);
      case STRING -> text(value).map(it -> value);
      case DATETIME -> text(value).flatMap(LexicalTypes::dateTime).map(TextNode::valueOf);
      case BINARY -> text(value).filter(LexicalTypes::isBase64).map(it -> value);
      case REFERENCE -> text(value).filter(LexicalTypes::isUriReference).map(it -> value);
      case COMPLEX -> Optional.empty();
      case ANY -> Optional.of(value);
    };
  }

  private static Optional<String> text(JsonNode value) {
    return Optional.ofNullable(value.textValue());
  }

  /** The node that the stored number is read as, so that 1.0 does not differ from it. */
  private static JsonNode decimal(JsonNode value) {
    BigDecimal plain = value.decimalValue().stripTrailingZeros();
    if (plain.scale() > 0) {
      return DecimalNode.valueOf(plain);
    }
    BigInteger whole = plain.toBigIntegerExact();
    if (whole.bitLength() < Integer.SIZE) {
      return IntNode.valueOf(whole.intValue());
    }
    return whole.bitLength() < Long.SIZE
        ? LongNode.valueOf(whole.longValue())
        : BigIntegerNode.valueOf(whole);
  }

  /** A time without an offset is in UTC; the answer says so. */
  private static Optional<String> dateTime(String text) {
    return Stream.of(text, text + "Z").filter(it -> DateTimes.instant(it) != null).findFirst();
  }

  /** Padding may be left out (RFC 7643 section 2.3.6). */
  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isUriReference(String text) {
    try {
      new URI(text);
      return true;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
