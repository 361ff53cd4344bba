import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.directory.scim.core.repository.PatchHandler;
import org.apache.directory.scim.core.repository.Repository;
import org.apache.directory.scim.spec.exception.ResourceException;
import org.apache.directory.scim.spec.extension.EnterpriseExtension;
import org.apache.directory.scim.spec.filter.AttributeComparisonExpression;
import org.apache.directory.scim.spec.filter.Filter;
import org.apache.directory.scim.spec.filter.FilterResponse;
import org.apache.directory.scim.spec.filter.PageRequest;
import org.apache.directory.scim.spec.filter.SortRequest;
import org.apache.directory.scim.spec.filter.attribute.AttributeReference;
import org.apache.directory.scim.spec.patch.PatchOperation;
import org.apache.directory.scim.spec.resources.ScimExtension;
import org.apache.directory.scim.spec.resources.ScimUser;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Apache SCIMple by its Spring Boot starter, with users in a map; a userName is found by another. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Peer {

  public static void main(String[] arguments) {
    SpringApplication.run(
        Peer.class, "--server.port=" + arguments[0], "--scim.path=/scim/v2",
        "--spring.jersey.application-path=/scim/v2");
  }

  @Bean
  Repository<ScimUser> users(PatchHandler patches) {
    return new Users(patches);
  }

  static class Users implements Repository<ScimUser> {

    private final Map<String, ScimUser> users = new ConcurrentHashMap<>();
    private final Map<String, ScimUser> names = new ConcurrentHashMap<>();
    private final PatchHandler patches;

    Users(PatchHandler patches) {
      this.patches = patches;
    }

    @Override
    public Class<ScimUser> getResourceClass() {
      return ScimUser.class;
    }

    @Override
    public ScimUser create(ScimUser user) throws ResourceException {
      user.setId(UUID.randomUUID().toString());
      if (names.putIfAbsent(user.getUserName(), user) != null) {
        throw new ResourceException(
            Response.Status.CONFLICT.getStatusCode(), "The userName is taken.");
      }
      users.put(user.getId(), user);
      return user;
    }

    @Override
    public ScimUser update(
        String id,
        String version,
        ScimUser user,
        Set<AttributeReference> included,
        Set<AttributeReference> excluded) {
      names.put(user.getUserName(), user);
      users.put(id, user);
      return user;
    }

    @Override
    public ScimUser patch(
        String id,
        String version,
        List<PatchOperation> operations,
        Set<AttributeReference> included,
        Set<AttributeReference> excluded) {
      return update(id, version, patches.apply(get(id), operations), included, excluded);
    }

    @Override
    public ScimUser get(String id) {
      return users.get(id);
    }

    @Override
    public void delete(String id) {
      names.remove(users.remove(id).getUserName());
    }

    @Override
    public FilterResponse<ScimUser> find(Filter filter, PageRequest page, SortRequest sort) {
      var equals = (AttributeComparisonExpression) filter.getExpression();
      ScimUser user = names.get(String.valueOf(equals.getCompareValue()));
      Collection<ScimUser> found = user == null ? List.of() : List.of(user);
      return new FilterResponse<>(found, page, found.size());
    }

    @Override
    public List<Class<? extends ScimExtension>> getExtensionList() {
      return List.of(EnterpriseExtension.class);
    }
  }
}
