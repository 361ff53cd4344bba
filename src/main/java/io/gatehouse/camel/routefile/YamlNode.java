package io.gatehouse.camel.routefile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML node with its line. No Java object is constructed from it. */
record YamlNode(Node node) {

  static YamlNode parse(String text) {
    try {
      List<Node> documents = new ArrayList<>();
      new Compose(LoadSettings.builder().build())
          .composeAllFromString(text)
          .forEach(documents::add);
      if (documents.size() != 1) {
        throw new RouteProblemException(1, "The file must have one YAML document.");
      }
      return new YamlNode(documents.get(0));
    } catch (MarkedYamlEngineException e) {
      throw new RouteProblemException(line(e.getProblemMark()), "No YAML: " + e.getProblem() + ".");
    } catch (YamlEngineException e) {
      throw new RouteProblemException(1, "No YAML: " + e.getMessage());
    }
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  int line() {
    return line(node.getStartMark());
  }

  RouteProblemException problem(String sentence) {
    return new RouteProblemException(line(), sentence);
  }

  String text() {
    if (plain() instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw problem("A text is expected here.");
  }

  /** Number of lines of the file before the first line of the text. */
  int linesBeforeText() {
    boolean block =
        node instanceof ScalarNode scalar
            && Set.of(ScalarStyle.LITERAL, ScalarStyle.FOLDED).contains(scalar.getScalarStyle());
    return block ? line() : line() - 1;
  }

  List<YamlNode> items() {
    if (plain() instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(YamlNode::new).toList();
    }
    throw problem("A list is expected here.");
  }

  /**
   * The members of a mapping.
   *
   * @param allowed the permitted names, each at most once
   */
  Members members(String... allowed) {
    List<String> names = List.of(allowed);
    if (!(plain() instanceof MappingNode mapping)) {
      throw problem("A mapping of " + names + " is expected here.");
    }
    Map<String, YamlNode> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlNode key = new YamlNode(tuple.getKeyNode());
      if (!names.contains(key.text())) {
        throw key.problem("'" + key.text() + "' is not allowed here, only " + names + ".");
      }
      if (members.put(key.text(), new YamlNode(tuple.getValueNode())) != null) {
        throw key.problem("'" + key.text() + "' is here twice.");
      }
    }
    return new Members(this, members);
  }

  /** The members of a mapping by their names. */
  record Members(YamlNode mapping, Map<String, YamlNode> byName) {

    YamlNode get(String name) {
      return find(name).orElseThrow(() -> mapping.problem("'" + name + "' is missing here."));
    }

    Optional<YamlNode> find(String name) {
      return Optional.ofNullable(byName.get(name));
    }
  }

  /** Refuses anchors, because aliases could expand a small file to a large one. */
  private Node plain() {
    if (node.getAnchor().isPresent()) {
      throw problem("Anchors and aliases are not allowed.");
    }
    return node;
  }
}
