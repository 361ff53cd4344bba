package io.gatehouse.portal;

import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.tenant.ConnectionSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the form with the settings of a connection. A blank field removes a setting; a blank secret
 * leaves it as it is. What is wrong with a value, the API says.
 */
final class ConnectionSettingsForm {

  private static final List<String> API_TEXTS =
      List.of("url", "tenant", "clientId", "application", "group");

  private static final List<String> API_SECRETS = List.of("token", "clientSecret");
  private static final String REMOVE = "remove.";

  private final Map<String, String> given;
  private final Map<String, Object> stored;

  /**
   * Takes the form.
   *
   * @param stored the settings as they are shown, without secrets
   */
  ConnectionSettingsForm(Map<String, String> given, Map<String, Object> stored) {
    this.given = given;
    this.stored = stored;
  }

  /** The fields of the form for stored settings. */
  static Map<String, String> fields(Map<String, Object> stored) {
    Map<String, String> fields = new HashMap<>();
    stored.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> parts) {
            parts.forEach((part, it) -> fields.put(name + "." + part, String.valueOf(it)));
          } else {
            fields.put(name, String.valueOf(value));
          }
        });
    API_SECRETS.forEach(it -> fields.remove("api." + it));
    fields.remove(ConnectionSettings.WEBHOOK_SECRET);
    return fields;
  }

  /** The change, as the API takes it. */
  Map<String, @Nullable Object> change() {
    Map<String, @Nullable Object> change = new HashMap<>();
    change.put(ConnectionSettings.LINKING, text(ConnectionSettings.LINKING));
    change.put(ConnectionSettings.MEMBERS_REPLACE, text(ConnectionSettings.MEMBERS_REPLACE));
    String stable = text(ConnectionSettings.STABLE_EXTERNAL_ID);
    change.put(
        ConnectionSettings.STABLE_EXTERNAL_ID,
        stable == null ? null : (Object) stable.equals("true"));
    change.put(ConnectionSettings.RATE_LIMIT, number(ConnectionSettings.RATE_LIMIT));
    change.put(ConnectionSettings.BRAKE, brake());
    change.put(
        ConnectionSettings.ENTRA_LOGIN,
        parts(ConnectionSettings.ENTRA_LOGIN, List.of("tenant", "audience")));
    addWebhookSecret(change);
    addApi(change);
    return change;
  }

  private void addWebhookSecret(Map<String, @Nullable Object> change) {
    String fresh = text(ConnectionSettings.WEBHOOK_SECRET);
    String old = text("oldWebhookSecret");
    if (isTicked(REMOVE + ConnectionSettings.WEBHOOK_SECRET)) {
      change.put(ConnectionSettings.WEBHOOK_SECRET, null);
    } else if (fresh != null) {
      change.put(
          ConnectionSettings.WEBHOOK_SECRET, old == null ? fresh : (Object) List.of(fresh, old));
    } else if (old != null) {
      throw ProblemException.badRequest("The old webhook secret is for a change to a new one.");
    }
  }

  /** The access is replaced as a whole: a stored secret is not sent to another address. */
  private void addApi(Map<String, @Nullable Object> change) {
    if (isTicked(REMOVE + ConnectionSettings.API)) {
      change.put(ConnectionSettings.API, null);
      return;
    }
    Map<String, Object> texts = parts(ConnectionSettings.API, API_TEXTS);
    Map<String, Object> secrets = parts(ConnectionSettings.API, API_SECRETS);
    if (secrets == null && storedApi().equals(texts == null ? Map.of() : texts)) {
      return;
    }
    if (secrets == null) {
      throw ProblemException.badRequest(
          "Enter the token or the client secret of the API access again, because the access was changed.");
    }
    Map<String, Object> api = new HashMap<>(secrets);
    if (texts != null) {
      api.putAll(texts);
    }
    change.put(ConnectionSettings.API, api);
  }

  private Map<String, Object> storedApi() {
    Map<String, Object> texts = new HashMap<>();
    if (stored.get(ConnectionSettings.API) instanceof Map<?, ?> api) {
      API_TEXTS.stream()
          .filter(api::containsKey)
          .forEach(it -> texts.put(it, String.valueOf(api.get(it))));
    }
    return texts;
  }

  private @Nullable Object brake() {
    if ("off".equals(text(ConnectionSettings.BRAKE))) {
      return "off";
    }
    Map<String, Object> limit = new HashMap<>();
    for (String part : List.of("minimum", "percent")) {
      Object number = number(ConnectionSettings.BRAKE + "." + part);
      if (number != null) {
        limit.put(part, number);
      }
    }
    return limit.isEmpty() ? null : limit;
  }

  /** The parts of a setting that have a value; null when none has. */
  private @Nullable Map<String, Object> parts(String setting, List<String> names) {
    Map<String, Object> parts = new HashMap<>();
    for (String name : names) {
      String text = text(setting + "." + name);
      if (text != null) {
        parts.put(name, text);
      }
    }
    return parts.isEmpty() ? null : parts;
  }

  /** A number; other text stays as it is, so that the API says what is wrong. */
  private @Nullable Object number(String name) {
    String text = text(name);
    return text != null && text.matches("-?\\d{1,9}") ? Integer.valueOf(text) : text;
  }

  private boolean isTicked(String name) {
    return "true".equals(given.get(name));
  }

  private @Nullable String text(String name) {
    return FormText.text(given.get(name));
  }
}
