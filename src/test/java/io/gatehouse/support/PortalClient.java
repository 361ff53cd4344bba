package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Account;
import io.gatehouse.access.Accounts;
import io.gatehouse.access.Administrator;
import io.gatehouse.access.Role;
import io.gatehouse.access.Sessions;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** A browser without JavaScript, in which an administrator uses the portal. */
public final class PortalClient {

  /** Of every administrator that tests make. */
  public static final String PASSWORD = "correct horse battery staple";

  /** The cookie of a session. */
  static final String SESSION = "gatehouse-session";

  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");
  private static String hash;

  private final HttpClient http;
  private final Gateway gateway;
  private String csrf = "";

  private PortalClient(Gateway gateway) {
    this.gateway = gateway;
    this.http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  /** A page, after redirects. */
  public record Page(int status, URI address, String html, HttpResponse<String> http) {

    /** The text of the page without its tags. */
    public String text() {
      return html.replaceAll("(?s)<script.*?</script>|<style.*?</style>|<[^>]+>", " ")
          .replaceAll("\\s+", " ")
          .replace("&#39;", "'")
          .replace("&quot;", "\"")
          .replace("&lt;", "<")
          .replace("&gt;", ">")
          .replace("&amp;", "&");
    }
  }

  /** A browser in which no administrator is signed in. */
  public static PortalClient of(Gateway gateway) {
    return new PortalClient(gateway);
  }

  /** A new administrator, signed in; of all tenants when none is named. */
  public static PortalClient signedIn(Gateway gateway, Role role, String... tenants) {
    PortalClient client = of(gateway);
    Page page = client.signIn(administrator(gateway, role, tenants), PASSWORD);
    assertThat(page.status()).isEqualTo(200);
    return client;
  }

  /** Adds an administrator with {@link #PASSWORD}; the answer is the name. */
  public static String administrator(Gateway gateway, Role role, String... tenants) {
    Connections connections = gateway.bean("connections", Connections.class);
    Set<UUID> ids =
        tenants.length == 0
            ? null
            : Arrays.stream(tenants)
                .map(it -> connections.tenant(it).orElseThrow().id())
                .collect(Collectors.toSet());
    String name = role.word() + "-" + UUID.randomUUID().toString().substring(0, 8);
    gateway
        .bean(Accounts.class)
        .add(
            new Account(
                new Administrator(UUID.randomUUID(), name, role, ids),
                hash(),
                null,
                false,
                null,
                Instant.EPOCH,
                null));
    return name;
  }

  /**
   * Opens a session without a sign-in, which would cost the hash of a password each time.
   *
   * @param confirmed whether sensitive acts need no password for now
   * @return the value of the cookie {@link #SESSION}
   */
  static String session(Gateway gateway, String administrator, boolean confirmed) {
    UUID account =
        gateway.bean(Accounts.class).named(administrator).orElseThrow().administrator().id();
    BearerToken token = BearerToken.generate();
    gateway
        .bean(Sessions.class)
        .open(token, new Sessions.Opening(account, "127.0.0.1", "test", confirmed));
    return token.secret();
  }

  /** Hashed with little work: an encoder verifies with the work that the hash names. */
  private static synchronized String hash() {
    if (hash == null) {
      hash = new Argon2PasswordEncoder(16, 32, 1, 64, 1).encode(PASSWORD);
    }
    return hash;
  }

  public Page signIn(String name, String password) {
    get("/admin/sign-in");
    return post("/admin/sign-in", "name", name, "password", password);
  }

  public Page get(String path) {
    return send(HttpRequest.newBuilder(URI.create(gateway.url(path))).GET());
  }

  /** The part of a page that htmx asks for. */
  public Page getByHtmx(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(gateway.url(path))).header("HX-Request", "true").GET());
  }

  /** The same, by a script of another page. */
  public Page getByHtmx(String path, String page) {
    return send(
        HttpRequest.newBuilder(URI.create(gateway.url(path)))
            .header("HX-Request", "true")
            .header("HX-Current-URL", gateway.url(page))
            .GET());
  }

  /** The part of a page that htmx asks for by itself, again and again. */
  public Page poll(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(gateway.url(path)))
            .header("HX-Request", "true")
            .header("Gatehouse-Poll", "true")
            .GET());
  }

  /** Sends a form: names and values in turn. The token against forgery is that of the last page. */
  public Page post(String path, String... fields) {
    List<String> form = new ArrayList<>();
    form.add("_csrf=" + encoded(csrf));
    for (int i = 0; i < fields.length; i += 2) {
      form.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
    }
    return send(
        HttpRequest.newBuilder(URI.create(gateway.url(path)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("&", form))));
  }

  /** Sends a body as a form, as it is. */
  public Page raw(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(gateway.url(path)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Sends a form with a file. The token against forgery stands in the address. */
  public Page upload(String path, String file) {
    String boundary = "boundary-of-the-form";
    String body =
        "--%1$s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"users.csv\"\r\n"
            + "Content-Type: text/csv\r\n\r\n%2$s\r\n--%1$s--\r\n";
    return sendForm(path, boundary, body.formatted(boundary, file));
  }

  /** Sends the body of a form with a file as it is. */
  public Page sendForm(String path, String boundary, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(gateway.url(path + "?_csrf=" + encoded(csrf))))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** The lines of an answer that does not end, as they come. */
  public Stream<String> lines(String path) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(gateway.url(path))).GET().build(),
              HttpResponse.BodyHandlers.ofLines())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Page send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 == 3) {
        String location = response.headers().firstValue("Location").orElseThrow();
        return send(HttpRequest.newBuilder(response.uri().resolve(location)).GET());
      }
      Matcher token = CSRF.matcher(response.body());
      if (token.find()) {
        csrf = token.group(1);
      }
      return new Page(response.statusCode(), response.uri(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
