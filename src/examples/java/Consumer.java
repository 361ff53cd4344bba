import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSContext;
import java.io.File;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Keeps a copy of the people that Gatehouse knows: java Consumer.java subscription.json */
class Consumer {

  record Row(long version, String sequence, String state, JsonNode user) {
    /** Not seen in a bootstrap. */
    Row gone() {
      return new Row(version, sequence, state, null);
    }
  }

  /** By id; stands for a table of yours, see ../README.md. */
  private static final Map<String, Row> people = new HashMap<>();

  static String apply(JsonNode event) {
    String type = event.path("type").asText();
    String sequence = event.path("sequence").asText();
    if (type.equals("gatehouse.feed.bootstrap.completed.v1")) {
      people.replaceAll((id, row) -> row.sequence().compareTo(sequence) < 0 ? row.gone() : row);
      long left = people.values().stream().filter(row -> row.user() != null).count();
      return "complete, " + left + " people";
    }
    if (!type.startsWith("gatehouse.user.")) {
      return "not for us";
    }
    String id = event.at("/data/id").asText();
    long version = event.path("resourceversion").asLong();
    Row row = people.getOrDefault(id, new Row(0, "", "", null));
    String latest = sequence.compareTo(row.sequence()) > 0 ? sequence : row.sequence();
    if (version <= row.version()) {
      people.put(id, new Row(row.version(), latest, row.state(), row.user()));
      return "known already";
    }
    // Who was erased has no resource; the version stays, so that nothing old brings them back.
    JsonNode user = event.path("data").get("resource");
    String state = event.at("/data/lifecycle/state").asText();
    people.put(id, new Row(version, latest, state, user));
    String name = user == null ? "nobody" : user.path("userName").asText();
    return state + ", version " + version + ", " + name;
  }

  public static void main(String[] arguments) throws Exception {
    var json = new ObjectMapper();
    JsonNode it = json.readTree(new File(arguments[0]));
    var broker = new JmsConnectionFactory("failover:(" + it.at("/urls/amqp").asText() + ")");
    broker.setUsername(it.path("username").asText());
    broker.setPassword(it.path("password").asText());
    try (JMSContext jms = broker.createContext(JMSContext.CLIENT_ACKNOWLEDGE);
        var messages = jms.createConsumer(jms.createQueue(it.path("queue").asText()))) {
      while (true) {
        var message = messages.receive();
        JsonNode event = json.readTree(message.getBody(String.class));
        System.out.println(event.path("type").asText() + ": " + apply(event));
        message.acknowledge(); // not before it is applied
      }
    }
  }
}
