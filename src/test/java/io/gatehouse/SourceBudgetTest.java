package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How long files and methods may be, so that each can be read in one go. */
class SourceBudgetTest {

  private static final Path MAIN = Path.of("src/main/java");
  private static final int FILE = 250;
  private static final int METHOD = 30;

  /** Older than the rule; none may be added. */
  private static final Set<String> LONGER = Set.of("PrivateFolder.tighten");

  private static final List<Path> FILES = new ArrayList<>();
  private static final List<Method> METHODS = new ArrayList<>();

  /**
   * A method with a body.
   *
   * @param lines from its name to its last brace; those of text blocks do not count
   */
  private record Method(String name, long lines) {}

  @BeforeAll
  static void read() throws IOException {
    try (Stream<Path> walk = Files.walk(MAIN)) {
      walk.filter(it -> it.toString().endsWith(".java")).sorted().forEach(FILES::add);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(FILES));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Methods(unit, positions).scan(unit, "");
      }
    }
  }

  @Test
  void filesFitTheBudget() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : FILES) {
      int lines = Files.readAllLines(file).size();
      if (lines > FILE) {
        tooLong.add(file + ": " + lines);
      }
    }
    assertThat(tooLong).as("files of more than %d lines", FILE).isEmpty();
  }

  @Test
  void methodsFitTheBudget() {
    assertThat(METHODS).hasSizeGreaterThan(1000);
    assertThat(METHODS)
        .filteredOn(it -> it.lines() > METHOD)
        .extracting(Method::name)
        .isSubsetOf(LONGER);
  }

  private static final class Methods extends TreeScanner<Void, String> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Methods(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public Void visitClass(ClassTree type, String around) {
      return super.visitClass(type, around + type.getSimpleName() + ".");
    }

    @Override
    public Void visitMethod(MethodTree method, String around) {
      if (method.getBody() != null && method.getReturnType() != null) {
        long first = line(positions.getStartPosition(unit, method.getReturnType()));
        long last = line(positions.getEndPosition(unit, method));
        METHODS.add(new Method(around + method.getName(), last - first + 1 - textBlocks(method)));
      }
      return super.visitMethod(method, around);
    }

    private long textBlocks(MethodTree method) {
      AtomicLong lines = new AtomicLong();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitLiteral(LiteralTree literal, Void none) {
          lines.addAndGet(
              line(positions.getEndPosition(unit, literal))
                  - line(positions.getStartPosition(unit, literal)));
          return null;
        }
      }.scan(method, null);
      return lines.get();
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }
}
