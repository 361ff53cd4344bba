package io.gatehouse.support;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the Javadoc of the main sources says about classes, methods and components of records. */
final class Javadocs {

  private static final Path MAIN = Path.of("src/main/java");

  private final Map<String, String> texts = new HashMap<>();

  private Javadocs() {}

  /** Reads all sources below a package. */
  static Javadocs of(String folder) {
    Javadocs found = new Javadocs();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> walk = Files.walk(MAIN.resolve(folder));
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = walk.filter(it -> it.toString().endsWith(".java")).sorted().toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        found.new Reader(trees, unit).scan(unit, null);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text about a class, empty when there is none. */
  String of(Class<?> type) {
    return texts.getOrDefault(type.getName(), "");
  }

  /** The text about a method or a component of a record. */
  String of(Class<?> type, String member) {
    return texts.getOrDefault(type.getName() + "." + member, "");
  }

  private final class Reader extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final CompilationUnitTree unit;

    Reader(DocTrees trees, CompilationUnitTree unit) {
      this.trees = trees;
      this.unit = unit;
    }

    @Override
    public Void visitClass(ClassTree type, Void ignored) {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        texts.put(name(getCurrentPath()), text(comment.getFullBody()));
        for (DocTree tag : comment.getBlockTags()) {
          if (tag instanceof ParamTree it) {
            texts.put(
                name(getCurrentPath()) + "." + it.getName().getName(), text(it.getDescription()));
          }
        }
      }
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void ignored) {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        texts.putIfAbsent(
            name(getCurrentPath().getParentPath()) + "." + method.getName(),
            text(comment.getFullBody()));
      }
      return super.visitMethod(method, null);
    }

    /** The binary name of a class. */
    private String name(TreePath path) {
      String name = "";
      for (TreePath it = path; it != null; it = it.getParentPath()) {
        if (it.getLeaf() instanceof ClassTree type) {
          name =
              name.isEmpty() ? type.getSimpleName().toString() : type.getSimpleName() + "$" + name;
        }
      }
      return unit.getPackageName() + "." + name;
    }
  }

  private static String text(List<? extends DocTree> parts) {
    return parts.stream()
        .map(Javadocs::text)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String text(DocTree part) {
    if (part instanceof LiteralTree it) {
      return it.getBody().getBody();
    }
    if (part instanceof LinkTree it) {
      return it.getLabel().isEmpty()
          ? it.getReference().getSignature().replace('#', '.')
          : text(it.getLabel());
    }
    return part.getKind() == DocTree.Kind.START_ELEMENT
            || part.getKind() == DocTree.Kind.END_ELEMENT
        ? " "
        : part.toString();
  }
}
