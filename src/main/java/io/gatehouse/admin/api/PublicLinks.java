package io.gatehouse.admin.api;

import io.gatehouse.edge.PublicUrl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Public URLs of the gateway, as external callers use them. */
@Component
final class PublicLinks {

  private final PublicUrl publicUrl;

  PublicLinks(PublicUrl publicUrl) {
    this.publicUrl = publicUrl;
  }

  String to(String path) {
    return publicUrl.base(ServletUriComponentsBuilder.fromCurrentContextPath().toUriString())
        + path;
  }

  /** The host name, for URLs of other protocols. */
  String host() {
    return String.valueOf(ServletUriComponentsBuilder.fromUriString(to("")).build().getHost());
  }
}
