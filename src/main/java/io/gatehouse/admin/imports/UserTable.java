package io.gatehouse.admin.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.directory.UserImport;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Patch;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ScimException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CSV file of users: the header names the attributes, each other row is a user. */
final class UserTable {

  static final int MAX_LINES = 200_000;

  private final Spool file;
  private final ResourceDefinition definition;
  private final List<UserColumn> columns;

  private UserTable(Spool file, ResourceDefinition definition, List<UserColumn> columns) {
    this.file = file;
    this.definition = definition;
    this.columns = columns;
  }

  /**
   * Reads a file once to its end without checking the values.
   *
   * @throws ScimException 400 when a column is unknown
   * @throws ProblemException 400 when a column is missing or duplicate, or the file is not CSV in
   *     UTF-8; 413 when it has too many lines
   */
  static UserTable of(Spool file, ResourceDefinition definition) throws IOException {
    CsvTable rows = CsvTable.of(file);
    if (!rows.hasNext()) {
      throw ProblemException.badRequest("The file is empty. Its first line must name the columns.");
    }
    List<UserColumn> columns = new ArrayList<>();
    for (String name : rows.next().cells()) {
      UserColumn column = column(definition, name.strip(), columns.size() + 1);
      requireOther(column, columns);
      columns.add(column);
    }
    if (columns.stream().noneMatch(it -> it.isCore("userName"))) {
      throw ProblemException.badRequest("There is no column 'userName'.");
    }
    for (int lines = 1; rows.hasNext(); lines++) {
      rows.next();
      if (lines > MAX_LINES) {
        throw ProblemException.tooLarge("The file has more than " + MAX_LINES + " lines.");
      }
    }
    return new UserTable(file, definition, columns);
  }

  private static UserColumn column(ResourceDefinition definition, String name, int position) {
    if (name.isEmpty()) {
      throw ProblemException.badRequest("Column " + position + " has no name.");
    }
    return UserColumn.of(definition, name);
  }

  private static void requireOther(UserColumn column, List<UserColumn> others) {
    for (UserColumn other : others) {
      if (column.isSameAs(other)) {
        throw ProblemException.badRequest(
            "The columns '%s' and '%s' are the same.".formatted(other.name(), column.name()));
      }
    }
  }

  /** The users from the beginning; the iterator reads them lazily. */
  Iterator<UserImport.Line> lines() throws IOException {
    CsvTable rows = CsvTable.of(file);
    rows.next();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public UserImport.Line next() {
        CsvTable.Row row = rows.next();
        return new UserImport.Line(row.line(), userName(row.cells()), () -> document(row.cells()));
      }
    };
  }

  private @Nullable String userName(List<String> cells) {
    for (int i = 0; i < Math.min(columns.size(), cells.size()); i++) {
      if (columns.get(i).isCore("userName") && !cells.get(i).isBlank()) {
        return cells.get(i);
      }
    }
    return null;
  }

  private ObjectNode document(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw ScimException.invalidValue(
          "The line has %d cells, and the header %d.".formatted(cells.size(), columns.size()));
    }
    List<PatchOperation> first = new ArrayList<>();
    List<PatchOperation> others = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      UserColumn column = columns.get(i);
      (column.isEmail() ? first : others).addAll(column.add(cells.get(i)));
    }
    first.addAll(others);
    return new ResourceReader(definition).readNew(Patch.apply(definition, Json.object(), first));
  }
}
