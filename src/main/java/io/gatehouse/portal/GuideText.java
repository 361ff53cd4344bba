package io.gatehouse.portal;

import io.gatehouse.admin.api.ConnectionsController.ConnectionView;
import io.gatehouse.admin.api.GuidesController;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** The guide of an IdP as HTML, with the addresses of a connection. */
@Component
final class GuideText {

  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder().extensions(TABLES).escapeHtml(true).sanitizeUrls(true).build();

  /** The step that the wizard has done. */
  private static final String DONE = "\n## 1. Make a connection in Gatehouse\n\nThis is done.\n";

  private final GuidesController guides;

  GuideText(GuidesController guides) {
    this.guides = guides;
  }

  /**
   * The guide without its title and without the step that has been done; null when there is none.
   */
  @Nullable String of(ConnectionView connection) {
    return of(connection.idp(), connection.scimUrl(), connection.webhookUrl(), connection.id());
  }

  /** The same with the values of a connection. */
  @Nullable String of(String idp, String scimUrl, String webhookUrl, UUID connection) {
    String guide;
    try {
      guide = guides.guide(idp).getBody();
    } catch (ErrorResponseException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return guide == null
        ? null
        : HTML.render(PARSER.parse(filled(guide, scimUrl, webhookUrl, connection)));
  }

  /** Only addresses and ids are filled in, which have no character of Markdown or HTML. */
  private static String filled(String guide, String scimUrl, String webhookUrl, UUID connection) {
    return withoutFirstStep(guide)
        .replaceAll("the `scimUrl`, for example `[^`]*`", "the `scimUrl`")
        .replace("the `scimUrl`", "`" + scimUrl + "`")
        .replace("the `webhookUrl`", "`" + webhookUrl + "`")
        .replace("`webhookUrl`", "`" + webhookUrl + "`")
        .replace("$SCIM_URL", scimUrl)
        .replace("/connections/{id}", "/connections/" + connection)
        .replaceAll("(?m)^(#+) ", "$1# ");
  }

  private static String withoutFirstStep(String guide) {
    int begin = guide.indexOf("\n## 1. ");
    int end = guide.indexOf("\n## 2. ");
    String rest =
        begin < 0 || end < begin ? guide : guide.substring(0, begin) + DONE + guide.substring(end);
    return rest.replaceFirst("^# [^\\n]*\\n", "");
  }
}
