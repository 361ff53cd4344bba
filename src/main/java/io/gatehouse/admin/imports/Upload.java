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
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.MultipartStream.MalformedStreamException;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.apache.tomcat.util.http.fileupload.impl.FileUploadIOException;
import org.apache.tomcat.util.http.fileupload.impl.SizeLimitExceededException;

/** The file in a form of the type {@code multipart/form-data} (RFC 7578), read as it comes. */
final class Upload {

  private static final int MAX_PARTS = 10;

  /** Of the form, beside the file. */
  private static final long OVERHEAD = 64 * 1024;

  private Upload() {}

  /**
   * Receives the first file of a form.
   *
   * @throws ProblemException 400 when there is none, 413 when it is too large
   */
  static Spool received(HttpServletRequest request) throws IOException {
    FileUpload form = new FileUpload();
    form.setFileCountMax(MAX_PARTS);
    form.setSizeMax(UserFiles.MAX_BYTES + OVERHEAD);
    try {
      FileItemIterator parts = form.getItemIterator(new Body(request));
      while (parts.hasNext()) {
        FileItemStream part = parts.next();
        if (!part.isFormField() && part.getName() != null && !part.getName().isEmpty()) {
          return UserFiles.received(part.openStream());
        }
      }
    } catch (SizeLimitExceededException e) {
      throw UserFiles.tooLarge();
    } catch (FileUploadIOException e) {
      throw e.getCause() instanceof SizeLimitExceededException
          ? UserFiles.tooLarge()
          : unreadable();
    } catch (FileUploadException | MalformedStreamException | InvalidFileNameException e) {
      throw unreadable();
    } catch (RefusedBodyException e) {
      throw ProblemException.badRequest("The file came too slowly, and was not read to its end.");
    }
    throw ProblemException.badRequest("Choose a file.");
  }

  private static ProblemException unreadable() {
    return ProblemException.badRequest("The form with the file cannot be read. Send it again.");
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
