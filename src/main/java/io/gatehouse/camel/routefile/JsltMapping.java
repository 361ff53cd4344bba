package io.gatehouse.camel.routefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import com.schibsted.spt.data.jslt.parser.JsltParserConstants;
import com.schibsted.spt.data.jslt.parser.JsltParserTokenManager;
import com.schibsted.spt.data.jslt.parser.SimpleCharStream;
import com.schibsted.spt.data.jslt.parser.Token;
import com.schibsted.spt.data.jslt.parser.TokenMgrError;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import java.io.Reader;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;

/**
 * A JSLT expression from body to body. Only the part of the language is permitted that always
 * terminates and is deterministic: no own functions (recursion), no regular expressions
 * (backtracking), no imports, no clock and no random numbers (a retry must have the result of the
 * first attempt).
 */
final class JsltMapping {

  private static final Set<String> FUNCTIONS =
      Set.of(
          ("all any array boolean ceiling contains ends-with error fallback flatten floor from-json"
                  + " get-key index-of is-array is-boolean is-decimal is-integer is-number is-object"
                  + " is-string join lowercase max min mod not number round size starts-with string"
                  + " sum to-json trim uppercase zip zip-with-index")
              .split(" "));

  private static final Set<Integer> FORBIDDEN =
      Set.of(JsltParserConstants.DEF, JsltParserConstants.IMPORT, JsltParserConstants.PIDENT);

  private final Expression expression;

  private JsltMapping(Expression expression) {
    this.expression = expression;
  }

  /**
   * Compiles an expression.
   *
   * @throws RouteProblemException with the line within the expression
   */
  static JsltMapping compile(String text) {
    try {
      inspect(new JsltParserTokenManager(new SimpleCharStream(new StringReader(text))));
      return new JsltMapping(
          new Parser(new StringReader(text))
              .withResourceResolver(JsltMapping::noImport)
              .withObjectFilter(JsltMapping::keeps)
              .compile());
    } catch (JsltException e) {
      throw new RouteProblemException(
          Math.max(1, e.getLine()), "No JSLT: " + firstLine(e.getMessageWithoutLocation()));
    } catch (TokenMgrError e) {
      throw new RouteProblemException(1, "No JSLT: " + firstLine(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Compiles the expression of a route file.
   *
   * @throws RouteProblemException with the line within the file
   */
  static JsltMapping in(YamlNode jslt) {
    try {
      return compile(jslt.text());
    } catch (RouteProblemException e) {
      throw e.below(jslt.linesBeforeText());
    }
  }

  private static void inspect(JsltParserTokenManager tokens) {
    Set<String> variables = new HashSet<>();
    Token last = tokens.getNextToken();
    while (last.kind != JsltParserConstants.EOF) {
      Token next = tokens.getNextToken();
      if (forbidden(last, next)) {
        throw new RouteProblemException(
            last.beginLine, "'" + last.image + "' is not allowed in a mapping.");
      }
      if (last.kind == JsltParserConstants.LET) {
        variables.add("$" + next.image);
      }
      // JSLT itself reports it only at the first request.
      if (last.kind == JsltParserConstants.VARIABLE && !variables.contains(last.image)) {
        throw new RouteProblemException(last.beginLine, "There is no '" + last.image + "' yet.");
      }
      last = next;
    }
  }

  private static boolean forbidden(Token token, Token next) {
    boolean called =
        token.kind == JsltParserConstants.IDENT && next.kind == JsltParserConstants.LPAREN;
    return called && !FUNCTIONS.contains(token.image) || FORBIDDEN.contains(token.kind);
  }

  private static Reader noImport(String resource) {
    throw new JsltException("a mapping imports nothing");
  }

  /**
   * Keeps an empty array, which clears an attribute; JSLT by default drops members without a value.
   * JSLT calls this for each member, so it is also where an overdue mapping is stopped.
   */
  private static boolean keeps(JsonNode value) {
    if (Thread.currentThread().isInterrupted()) {
      throw new JsltException("stopped");
    }
    return !value.isNull();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }

  /**
   * Maps a body.
   *
   * @throws ScimException 400 when the expression fails on it or its result is no object
   */
  ObjectNode apply(ObjectNode body) {
    if (value(body) instanceof ObjectNode mapped) {
      return mapped;
    }
    throw refused();
  }

  /**
   * Maps a body to any JSON value.
   *
   * @throws ScimException 400 when the expression fails on it
   */
  JsonNode value(ObjectNode body) {
    try {
      return expression.apply(body);
    } catch (JsltException e) {
      throw refused();
    }
  }

  private static ScimException refused() {
    return new ScimException(
        ScimError.badRequest("invalidValue", "The mapping of this profile cannot read the body."));
  }
}
