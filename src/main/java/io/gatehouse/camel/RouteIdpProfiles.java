package io.gatehouse.camel;

import io.gatehouse.edge.IdpProfiles;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.springframework.stereotype.Component;

/** An IdP is known when its route {@code idp-<name>-scim} is loaded. */
@Component
final class RouteIdpProfiles implements IdpProfiles {

  private static final Pattern ROUTE = Pattern.compile("idp-(.+)-scim");

  private final CamelContext camel;

  RouteIdpProfiles(CamelContext camel) {
    this.camel = camel;
  }

  @Override
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Route route : camel.getRoutes()) {
      Matcher matcher = ROUTE.matcher(route.getRouteId());
      if (matcher.matches()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }
}
