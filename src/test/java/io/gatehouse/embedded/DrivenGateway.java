package io.gatehouse.embedded;

import io.gatehouse.Gatehouse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;

/** A gateway that is told on its standard input what to do to its broker, and says what it did. */
final class DrivenGateway {

  static final String COMPACT = "compact";
  static final String COMPACTED = "The journal has been compacted";
  static final String FAIL = "fail";

  private DrivenGateway() {}

  public static void main(String[] args) {
    SpringApplication.from(Gatehouse::main).with(Driver.class).run(args);
  }

  /** Without an annotation, so that no other gateway finds it by scanning. */
  static class Driver {

    @Bean
    ApplicationRunner driver(EmbeddedBroker broker) {
      return arguments -> {
        Thread thread = new Thread(() -> obey(new Journal(broker)), "driver");
        thread.setDaemon(true);
        thread.start();
      };
    }

    private static void obey(Journal journal) {
      try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in))) {
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
          if (order.equals(COMPACT)) {
            journal.compact();
            System.out.println(COMPACTED);
          } else if (order.equals(FAIL)) {
            journal.fail();
          }
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
