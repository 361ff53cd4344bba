package io.gatehouse.support;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * An OIDC provider: Spring Authorization Server with one client, which has to use PKCE, and with
 * one user at a time, who is signed in already, or signs in with a form.
 */
public final class OidcServer implements AutoCloseable {

  public static final String CLIENT = "gatehouse";
  public static final String SECRET = "a-secret-of-the-client";

  /** Of each user, where the form asks for it. */
  public static final String PASSWORD = "a-password-at-the-provider";

  /** The weakest, which costs least. */
  private static final PasswordEncoder ENCODER = new BCryptPasswordEncoder(4);

  private final Tomcat tomcat = new Tomcat();
  private final int port;
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private volatile Person person = new Person("nobody", List.of(), Instant.EPOCH);
  private volatile boolean asks;
  private volatile String redirect = "http://localhost/none";

  /** The user in front of the browser. */
  private record Person(String subject, List<String> groups, Instant authenticatedAt) {}

  public OidcServer(int port) {
    this.port = port;
  }

  /** Starts it, with the client at this gateway. */
  public OidcServer start(Gateway gateway) {
    redirect = gateway.url("/admin/sign-in/oidc/callback");
    AnnotationConfigWebApplicationContext beans = new AnnotationConfigWebApplicationContext();
    beans.addBeanFactoryPostProcessor(it -> it.registerSingleton("oidcServer", this));
    beans.register(Setup.class);
    tomcat.setBaseDir(Gateway.temporaryFolder().toString());
    tomcat.setPort(port);
    tomcat.getConnector(); // makes it
    Context context = tomcat.addContext("", new File(".").getAbsolutePath());
    beans.setServletContext(context.getServletContext());
    context.addServletContainerInitializer(
        (classes, servlets) -> {
          beans.setServletContext(servlets);
          beans.refresh();
          servlets.addServlet("dispatcher", new DispatcherServlet(beans)).addMapping("/");
        },
        null);
    FilterDef filter = new FilterDef();
    filter.setFilterName("security");
    filter.setFilter(new DelegatingFilterProxy("springSecurityFilterChain", beans));
    context.addFilterDef(filter);
    FilterMap map = new FilterMap();
    map.setFilterName("security");
    map.addURLPattern("/*");
    context.addFilterMap(map);
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  public String issuer() {
    return "http://localhost:" + port;
  }

  /** The settings of a gateway whose administrators sign in here. */
  public String[] settings() {
    return new String[] {
      "--gatehouse.oidc.issuer=" + issuer(),
      "--gatehouse.oidc.client-id=" + CLIENT,
      "--gatehouse.oidc.client-secret=" + SECRET,
      "--gatehouse.oidc.roles.admin=gate-admins",
      "--gatehouse.oidc.roles.viewer=gate-viewers",
      "--gatehouse.oidc.roles.operator=gate-operators"
    };
  }

  /** Another user sits down, who signed in an hour ago and has these groups. */
  public void user(String subject, String... groups) {
    user(subject, Instant.now().minus(Duration.ofHours(1)), groups);
  }

  /** The same, who gave the credentials at this time. */
  public void user(String subject, Instant authenticatedAt, String... groups) {
    person = new Person(subject, List.of(groups), authenticatedAt);
    asks = false;
  }

  /** Another user sits down, who signs in with {@link #PASSWORD} and has these groups. */
  public void userWhoSignsIn(String subject, String... groups) {
    user(subject, groups);
    asks = true;
  }

  /** The same, who gave the credentials just now; but the provider does not say when. */
  public void userWithoutTime(String subject, String... groups) {
    person = new Person(subject, List.of(groups), null);
  }

  /** The queries that came to the authorization endpoint. */
  public List<String> queries() {
    return queries;
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  private RegisteredClient client() {
    return RegisteredClient.withId("1")
        .clientId(CLIENT)
        .clientSecret(ENCODER.encode(SECRET))
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri(redirect)
        .scopes(it -> it.addAll(List.of("openid", "profile", "email")))
        .clientSettings(
            ClientSettings.builder()
                .requireProofKey(true)
                .requireAuthorizationConsent(false)
                .build())
        .build();
  }

  /** No {@code @Configuration}, or every gateway would find it. */
  @EnableWebSecurity
  @EnableWebMvc
  static class Setup {

    @Bean
    SecurityFilterChain chain(HttpSecurity http, OidcServer server) throws Exception {
      return http.oauth2AuthorizationServer(it -> it.oidc(Customizer.withDefaults()))
          .authorizeHttpRequests(it -> it.anyRequest().authenticated())
          .oauth2ResourceServer(it -> it.jwt(Customizer.withDefaults()))
          .formLogin(Customizer.withDefaults())
          .addFilterAfter(new SignedInAlready(server), SecurityContextHolderFilter.class)
          .build();
    }

    @Bean
    PasswordEncoder encoder() {
      return ENCODER;
    }

    @Bean
    UserDetailsService users(OidcServer server) {
      return name -> {
        if (!name.equals(server.person.subject())) {
          throw new UsernameNotFoundException(name);
        }
        return User.withUsername(name).password(ENCODER.encode(PASSWORD)).build();
      };
    }

    @Bean
    RegisteredClientRepository clients(OidcServer server) {
      return new RegisteredClientRepository() {
        @Override
        public void save(RegisteredClient client) {
          // It encodes the secret anew, which makes no difference here.
        }

        @Override
        public RegisteredClient findById(String id) {
          return server.client();
        }

        @Override
        public RegisteredClient findByClientId(String id) {
          return id.equals(CLIENT) ? server.client() : null;
        }
      };
    }

    @Bean
    JWKSource<SecurityContext> keys() {
      RSAKey key = EntraAuthority.shared().key();
      return new ImmutableJWKSet<>(new JWKSet(key));
    }

    @Bean
    JwtDecoder decoder(JWKSource<SecurityContext> keys) {
      return NimbusJwtDecoder.withJwkSource(keys).build();
    }

    @Bean
    AuthorizationServerSettings settings(OidcServer server) {
      return AuthorizationServerSettings.builder().issuer(server.issuer()).build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> groups(OidcServer server) {
      return context -> {
        List<String> groups = server.person.groups();
        context.getClaims().claim("groups", groups);
        if (server.person.authenticatedAt() == null) {
          context.getClaims().claims(it -> it.remove("auth_time"));
        }
      };
    }
  }

  /** In place of the form. */
  private static final class SignedInAlready extends OncePerRequestFilter {
    private final OidcServer server;

    SignedInAlready(OidcServer server) {
      this.server = server;
    }

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      if (request.getRequestURI().equals("/oauth2/authorize")) {
        server.queries.add(request.getQueryString());
      }
      if (request.getRequestURI().equals("/oauth2/authorize") && !server.asks) {
        SecurityContextHolder.setContext(
            new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(
                    server.person.subject(),
                    null,
                    List.of(
                        FactorGrantedAuthority.withAuthority(
                                FactorGrantedAuthority.PASSWORD_AUTHORITY)
                            .issuedAt(
                                Objects.requireNonNullElseGet(
                                    server.person.authenticatedAt(), Instant::now))
                            .build()))));
      }
      chain.doFilter(request, response);
    }
  }
}
