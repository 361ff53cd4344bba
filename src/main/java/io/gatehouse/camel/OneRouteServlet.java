package io.gatehouse.camel;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.http.common.HttpConsumer;
import org.apache.camel.http.common.HttpRestServletResolveConsumerStrategy;
import org.jspecify.annotations.Nullable;

/** A servlet with one route: a path below that of the route is not compared with patterns. */
final class OneRouteServlet extends CamelHttpTransportServlet {

  private static final long serialVersionUID = 1L;

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    setServletResolveConsumerStrategy(new ByPrefix());
  }

  private static final class ByPrefix extends HttpRestServletResolveConsumerStrategy {

    @Override
    public @Nullable HttpConsumer resolve(
        HttpServletRequest request, Map<String, HttpConsumer> consumers) {
      if (consumers.size() == 1) {
        HttpConsumer only = consumers.values().iterator().next();
        String path = request.getPathInfo();
        if (path != null && path.startsWith(only.getPath() + "/")) {
          return only;
        }
      }
      return super.resolve(request, consumers);
    }
  }
}
