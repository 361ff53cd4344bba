package io.gatehouse.edge;

import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import java.util.List;

/** Which methods an address serves (RFC 7644 section 3.2). */
public final class AllowedMethods {

  private static final List<String> READ = List.of("GET", "HEAD");
  private static final List<String> POST = List.of("POST");
  private static final List<String> COLLECTION = List.of("GET", "HEAD", "POST");
  private static final List<String> RESOURCE = List.of("GET", "HEAD", "PUT", "PATCH", "DELETE");
  private static final String SEARCH = ".search";

  private AllowedMethods() {}

  /**
   * Refuses a request that no address serves, before anything else of it is checked.
   *
   * @param path below the base URL, as in {@link ScimRequest.Line}
   * @throws ScimException 404 for an unknown address, 405 for another method, 501 for {@code /Me}
   */
  public static void require(String method, String path) {
    if (!at(path).contains(method)) {
      throw new ScimException(ScimError.methodNotAllowed(allowed(path)));
    }
  }

  /**
   * The methods of an address, in the form of {@code Allow}.
   *
   * @throws ScimException 404 or 501, as above
   */
  public static String allowed(String path) {
    return String.join(", ", at(path));
  }

  private static List<String> at(String path) {
    String[] parts = path.split("/", -1);
    return switch (parts.length) {
      case 1 -> top(parts[0]);
      case 2 -> below(parts[0], parts[1]);
      default -> throw unknown();
    };
  }

  private static List<String> top(String name) {
    return switch (name) {
      case "", DiscoveryHandler.CONFIG, DiscoveryHandler.SCHEMAS, DiscoveryHandler.RESOURCE_TYPES ->
          READ;
      case "Bulk", SEARCH -> POST;
      case "Me" -> throw me();
      default -> {
        requireType(name);
        yield COLLECTION;
      }
    };
  }

  private static List<String> below(String name, String child) {
    return switch (name) {
      case DiscoveryHandler.SCHEMAS, DiscoveryHandler.RESOURCE_TYPES -> READ;
      case "Me" -> throw me();
      default -> {
        requireType(name);
        yield child.equals(SEARCH) ? POST : RESOURCE;
      }
    };
  }

  private static void requireType(String endpoint) {
    if (ResourceType.atEndpoint(endpoint).isEmpty()) {
      throw unknown();
    }
  }

  public static ScimException unknown() {
    return new ScimException(ScimError.notFound("There is nothing at this address."));
  }

  /**
   * Refuses {@code /Me}: a token identifies a connection and never a user (RFC 7644 section 3.11).
   */
  private static ScimException me() {
    return new ScimException(new ScimError(501, null, "There is no /Me: tokens are not of users."));
  }
}
