import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.exceptions.ConflictException;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.FilterConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.endpoints.base.UserEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.filter.AttributeExpressionLeaf;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.startup.Tomcat;

/** SCIM-SDK's server on Tomcat, with users in a map; a userName is found by another map. */
public class Peer {

  public static void main(String[] arguments) throws Exception {
    ServiceProvider provider =
        ServiceProvider.builder()
            .filterConfig(FilterConfig.builder().supported(true).maxResults(100).build())
            .patchConfig(PatchConfig.builder().supported(true).build())
            .build();
    ResourceEndpoint endpoint = new ResourceEndpoint(provider);
    endpoint.registerEndpoint(new UserEndpointDefinition(new Users()));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
    tomcat.setPort(Integer.parseInt(arguments[0]));
    var context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "scim", new Scim(endpoint));
    context.addServletMappingDecoded("/scim/v2/*", "scim");
    tomcat.getConnector();
    tomcat.start();
    tomcat.getServer().await();
  }

  static class Scim extends HttpServlet {

    private final ResourceEndpoint endpoint;

    Scim(ResourceEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Map<String, String> headers = new HashMap<>();
      request.getHeaderNames().asIterator().forEachRemaining(
          it -> headers.put(it, request.getHeader(it)));
      String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
      String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      ScimResponse answer =
          endpoint.handleRequest(
              request.getRequestURL() + query,
              HttpMethod.valueOf(request.getMethod()),
              body.isEmpty() ? null : body,
              headers,
              new Context(null));
      byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
      response.setStatus(answer.getHttpStatus());
      answer.getHttpHeaders().forEach(response::setHeader);
      response.setContentLength(bytes.length);
      response.getOutputStream().write(bytes);
    }
  }

  static class Users extends ResourceHandler<User> {

    private final Map<String, User> users = new ConcurrentHashMap<>();
    private final Map<String, User> names = new ConcurrentHashMap<>();

    @Override
    public User createResource(User user, Context context) {
      user.setId(UUID.randomUUID().toString());
      user.getMeta().ifPresent(it -> it.setCreated(Instant.now()));
      user.getMeta().ifPresent(it -> it.setLastModified(Instant.now()));
      if (names.putIfAbsent(user.getUserName().orElseThrow(), user) != null) {
        throw new ConflictException("The userName is taken.");
      }
      users.put(user.getId().orElseThrow(), user);
      return user;
    }

    @Override
    public User getResource(
        String id,
        List<SchemaAttribute> attributes,
        List<SchemaAttribute> excluded,
        Context context) {
      return users.get(id);
    }

    @Override
    public PartialListResponse<User> listResources(
        long start,
        int count,
        FilterNode filter,
        SchemaAttribute sortBy,
        SortOrder order,
        List<SchemaAttribute> attributes,
        List<SchemaAttribute> excluded,
        Context context) {
      User user = names.get(((AttributeExpressionLeaf) filter).getValue());
      List<User> found = user == null ? List.of() : List.of(user);
      return PartialListResponse.<User>builder()
          .resources(found)
          .totalResults(found.size())
          .build();
    }

    @Override
    public User updateResource(User user, Context context) {
      user.getMeta().ifPresent(it -> it.setLastModified(Instant.now()));
      users.put(user.getId().orElseThrow(), user);
      names.put(user.getUserName().orElseThrow(), user);
      return user;
    }

    @Override
    public void deleteResource(String id, Context context) {
      names.remove(users.remove(id).getUserName().orElseThrow());
    }
  }
}
