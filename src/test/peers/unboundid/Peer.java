import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.types.EnterpriseUserExtension;
import com.unboundid.scim2.common.types.UserResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import com.unboundid.scim2.server.PATCH;
import com.unboundid.scim2.server.annotations.ResourceType;
import com.unboundid.scim2.server.providers.DefaultContentTypeFilter;
import com.unboundid.scim2.server.providers.JsonProcessingExceptionMapper;
import com.unboundid.scim2.server.providers.ScimExceptionMapper;
import com.unboundid.scim2.server.utils.ResourcePreparer;
import com.unboundid.scim2.server.utils.ResourceTypeDefinition;
import com.unboundid.scim2.server.utils.SchemaChecker;
import com.unboundid.scim2.server.utils.SimpleSearchResults;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.startup.Tomcat;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** UnboundID's SCIM 2 SDK by Jersey on Tomcat, with users in a map; a userName is found by another. */
public class Peer {

  public static void main(String[] arguments) throws Exception {
    ResourceConfig scim =
        new ResourceConfig()
            .register(new JacksonJsonProvider(JsonUtils.createObjectMapper()))
            .register(ScimExceptionMapper.class)
            .register(JsonProcessingExceptionMapper.class)
            .register(DefaultContentTypeFilter.class)
            .register(Ready.class)
            .register(Users.class);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
    tomcat.setPort(Integer.parseInt(arguments[0]));
    var context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "scim", new ServletContainer(scim));
    context.addServletMappingDecoded("/scim/v2/*", "scim");
    tomcat.getConnector();
    tomcat.start();
    tomcat.getServer().await();
  }

  @Path("ServiceProviderConfig")
  public static class Ready {
    @GET
    @Produces("application/scim+json")
    public String ready() {
      return "{}";
    }
  }

  @ResourceType(
      name = "User",
      description = "A user",
      schema = UserResource.class,
      optionalSchemaExtensions = EnterpriseUserExtension.class)
  @Path("Users")
  @Consumes({"application/scim+json", "application/json"})
  @Produces({"application/scim+json", "application/json"})
  public static class Users {

    private static final Map<String, GenericScimResource> USERS = new ConcurrentHashMap<>();
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();
    private static final ResourceTypeDefinition TYPE =
        ResourceTypeDefinition.fromJaxRsResource(Users.class);
    private static final SchemaChecker CHECKER = new SchemaChecker(TYPE);

    @POST
    public Response create(GenericScimResource user, @Context UriInfo uri) throws ScimException {
      user.getObjectNode().remove("meta"); // read-only
      CHECKER.checkCreate(user.getObjectNode()).throwSchemaExceptions();
      String id = UUID.randomUUID().toString();
      user.setId(id);
      if (NAMES.putIfAbsent(user.getObjectNode().path("userName").asText(), id) != null) {
        throw ResourceConflictException.uniqueness("The userName is taken.");
      }
      ResourcePreparer<GenericScimResource> preparer = new ResourcePreparer<>(TYPE, uri);
      preparer.setResourceTypeAndLocation(user);
      USERS.put(id, user);
      return Response.created(user.getMeta().getLocation())
          .entity(preparer.trimCreatedResource(user, null))
          .build();
    }

    @GET
    @Path("{id}")
    public GenericScimResource get(@PathParam("id") String id, @Context UriInfo uri)
        throws ScimException {
      return new ResourcePreparer<GenericScimResource>(TYPE, uri)
          .trimRetrievedResource(USERS.get(id));
    }

    @GET
    public SimpleSearchResults<GenericScimResource> find(
        @QueryParam("filter") String filter, @Context UriInfo uri) throws ScimException {
      String name = Filter.fromString(filter).getComparisonValue().asText();
      SimpleSearchResults<GenericScimResource> results = new SimpleSearchResults<>(TYPE, uri);
      return NAMES.containsKey(name) ? results.add(USERS.get(NAMES.get(name))) : results;
    }

    @PATCH
    @Path("{id}")
    public GenericScimResource patch(
        @PathParam("id") String id, PatchRequest patch, @Context UriInfo uri)
        throws ScimException {
      GenericScimResource old = USERS.get(id);
      CHECKER.checkModify(patch.getOperations(), old.getObjectNode()).throwSchemaExceptions();
      GenericScimResource changed = new GenericScimResource(old.getObjectNode().deepCopy());
      patch.apply(changed);
      USERS.put(id, changed);
      return new ResourcePreparer<GenericScimResource>(TYPE, uri)
          .trimModifiedResource(changed, patch);
    }
  }
}
