package io.gatehouse.admin.imports;

import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.server.RefusedBodyException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.UploadContext;

/** The file in a form of the type {@code multipart/form-data} (RFC 7578), read as it comes. */
final class Upload {

  private static final int MAX_PARTS = 10;

  private Upload() {}

  /**
   * Receives the first file of a form.
   *
   * @throws ProblemException 400 when there is none, 413 when it is too large
   */
  static Spool received(HttpServletRequest request) throws IOException {
    FileUpload form = new FileUpload();
    form.setFileCountMax(MAX_PARTS);
    try {
      FileItemIterator parts = form.getItemIterator(new Body(request));
      while (parts.hasNext()) {
        FileItemStream part = parts.next();
        if (!part.isFormField() && part.getName() != null && !part.getName().isEmpty()) {
          return UserFiles.received(part.openStream());
        }
      }
    } catch (FileUploadException e) {
      throw ProblemException.badRequest("The form with the file cannot be read.");
    } catch (RefusedBodyException e) {
      throw ProblemException.badRequest("The file came too slowly, and was not read to its end.");
    }
    throw ProblemException.badRequest("Choose a file.");
  }

  private record Body(HttpServletRequest request) implements UploadContext {
    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public long contentLength() {
      return request.getContentLengthLong();
    }

    @Override
    public String getContentType() {
      return request.getContentType();
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return request.getInputStream();
    }
  }
}
