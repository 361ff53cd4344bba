package io.gatehouse.upgrade;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The rows of all tables of a gateway as text, in the format of {@code pg_dump}: a line {@code COPY
 * table (columns) FROM stdin;}, the rows, and a line {@code \.}.
 */
final class DatabaseCopy implements AutoCloseable {

  private static final String TABLES =
      """
      select format('%I (%s)', c.relname,
                    string_agg(format('%I', a.attname), ', ' order by a.attnum))
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         and a.attgenerated = ''
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and c.relname <> 'flyway_schema_history'
       group by c.relname
       order by c.relname
      """;

  /** The next number of each column that numbers itself is above all that there are. */
  private static final String NUMBERS =
      """
      select format('select setval(pg_get_serial_sequence(%L, %L), max(%I)) from %I having max(%I) is not null',
                    c.relname, a.attname, a.attname, c.relname, a.attname)
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attidentity <> ''
       where c.relnamespace = 'public'::regnamespace
      """;

  /** The chain of the audit log covers the times of its entries. */
  private static final String TIMES =
      """
      select format('update %I set %s', c.relname,
                    string_agg(format('%I = %I + interval ''%s s''', a.attname, a.attname, SECONDS), ', '))
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         and a.atttypid = 'timestamptz'::regtype
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and c.relname not like 'audit%' and c.relname <> 'flyway_schema_history'
       group by c.relname
      """;

  private final Connection connection;

  DatabaseCopy(String url) throws SQLException {
    connection = DriverManager.getConnection(url + "?user=postgres&password=postgres");
  }

  void write(Path file) throws SQLException, IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      for (String table : ask(TABLES)) {
        StringWriter rows = new StringWriter();
        if (copies().copyOut("COPY " + table + " TO STDOUT", rows) > 0) {
          out.write("COPY " + table + " FROM stdin;\n" + rows + "\\.\n");
        }
      }
    }
  }

  /**
   * Loads rows into tables that are as the migrations have left them.
   *
   * @param later how much later all times are than in the file, so that no deadline passes with the
   *     age of the file
   */
  void read(Path file, Duration later) throws SQLException, IOException {
    run("set session_replication_role = replica"); // no order of tables
    run("delete from feed");
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String copy = in.readLine(); copy != null; copy = in.readLine()) {
        StringBuilder rows = new StringBuilder();
        for (String row = in.readLine(); !row.equals("\\."); row = in.readLine()) {
          rows.append(row).append('\n');
        }
        copies().copyIn(copy, new StringReader(rows.toString()));
      }
    }
    for (String each : ask(TIMES.replace("SECONDS", String.valueOf(later.toSeconds())))) {
      run(each);
    }
    for (String each : ask(NUMBERS)) {
      ask(each);
    }
  }

  List<String> ask(String question) throws SQLException {
    List<String> answers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
    }
    return answers;
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private CopyManager copies() throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
