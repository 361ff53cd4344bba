package io.gatehouse.admin.imports;

import io.gatehouse.admin.api.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file (RFC 4180) one by one, including the header. Empty rows are skipped. */
final class CsvTable implements Iterator<CsvTable.Row> {

  private final Utf8Reader text;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private @Nullable Row next;

  private CsvTable(Utf8Reader text, CSVFormat format) throws IOException {
    this.text = text;
    this.parser = CSVParser.parse(text, format);
    this.records = parser.iterator();
    this.next = read();
  }

  /**
   * A row.
   *
   * @param line the line in which it begins; the first line of the file is 1
   */
  record Row(long line, List<String> cells) {

    boolean isEmpty() {
      return cells.stream().allMatch(String::isBlank);
    }
  }

  /**
   * Starts at the beginning of a file.
   *
   * @throws ProblemException 400 when the file cannot be parsed, here and with each row
   */
  static CsvTable of(Spool file) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(separator(file)).setIgnoreEmptyLines(false).get();
    return new CsvTable(new Utf8Reader(file.content()), format);
  }

  /** Spreadsheets separate cells by semicolons in locales whose decimal sign is a comma. */
  private static char separator(Spool file) throws IOException {
    String header = new BufferedReader(new Utf8Reader(file.content())).readLine();
    return header != null && header.indexOf(',') < 0 && header.indexOf(';') >= 0 ? ';' : ',';
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    Row row = next;
    if (row == null) {
      throw new NoSuchElementException();
    }
    next = read();
    return row;
  }

  private @Nullable Row read() {
    Row row = readAny();
    while (row != null && row.isEmpty()) {
      row = readAny();
    }
    return row;
  }

  private @Nullable Row readAny() {
    long line = parser.getCurrentLineNumber() + 1;
    text.beginRecord(line);
    try {
      return records.hasNext() ? new Row(line, records.next().toList()) : null;
    } catch (UncheckedIOException e) {
      throw ProblemException.badRequest(
          "Line "
              + line
              + " is no CSV: a quote is not closed, or something follows a closing one.");
    }
  }
}
