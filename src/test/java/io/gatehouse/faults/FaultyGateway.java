package io.gatehouse.faults;

import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.Gatehouse;
import io.gatehouse.change.Relay;
import io.gatehouse.command.PendingOutcomes;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.directory.FoldResult;
import io.gatehouse.directory.OutcomeStore;
import jakarta.jms.ConnectionFactory;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * The gateway between a database driver, a broker client and a servlet filter that halt it or make
 * it wrong. A line on its standard input arms a halt point: {@code apply.after-commit 3}.
 */
final class FaultyGateway {

  private FaultyGateway() {}

  public static void main(String[] args) {
    SpringApplication.from(Gatehouse::main).with(Parts.class).run(args);
  }

  /** Without an annotation, so that no other gateway finds it by scanning. */
  static class Parts {

    @Bean
    static BeanPostProcessor faultyParts() {
      return new FaultyParts();
    }

    @Bean
    FilterRegistrationBean<Filter> faultyAnswers() {
      FilterRegistrationBean<Filter> bean = new FilterRegistrationBean<>(Parts::filter);
      bean.addUrlPatterns("/scim/*");
      bean.setOrder(Ordered.LOWEST_PRECEDENCE);
      return bean;
    }

    private static void filter(
        jakarta.servlet.ServletRequest request,
        jakarta.servlet.ServletResponse response,
        jakarta.servlet.FilterChain chain)
        throws IOException, jakarta.servlet.ServletException {
      boolean writes = !((HttpServletRequest) request).getMethod().equals("GET");
      boolean lies = writes && Faults.has(SeededBug.NO_REPLY_AS_SUCCESS);
      chain.doFilter(request, lies ? new AlwaysWell((HttpServletResponse) response) : response);
      if (writes) {
        Faults.pass(HaltPoint.EDGE_BEFORE_ANSWER);
      }
    }

    /** Two relays run at once, as with two instances of the gateway. */
    @Bean
    ApplicationRunner faultsBegin(Relay relay) {
      return arguments -> {
        run("orders", Parts::obey);
        run("second-relay", () -> relayAgain(relay));
      };
    }

    private static void run(String name, Runnable task) {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      thread.start();
    }

    private static void obey() {
      try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in))) {
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
          String[] words = order.split(" ");
          Faults.arm(HaltPoint.of(words[0]), Integer.parseInt(words[1]));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void relayAgain(Relay relay) {
      while (true) {
        try {
          relay.run();
        } catch (RuntimeException e) {
          // a part is away, as it should be
        }
        Faults.pause(Faults.RELAY_MILLIS);
      }
    }
  }

  /** By {@link SeededBug#NO_REPLY_AS_SUCCESS}. */
  private static final class AlwaysWell extends HttpServletResponseWrapper {

    private AlwaysWell(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setStatus(int status) {
      super.setStatus(status == 503 ? 204 : status);
    }
  }

  /** Puts faults around beans. */
  private static final class FaultyParts implements BeanPostProcessor {

    private static volatile PendingOutcomes pending;

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
      if (bean instanceof HikariDataSource pool) {
        pool.setDriverClassName(FaultyDriver.class.getName());
      }
      return bean;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      if (bean instanceof PendingOutcomes outcomes) {
        pending = outcomes;
      }
      if (bean instanceof ConnectionFactory factory && name.equals("connectionFactory")) {
        return FaultyJms.of(factory);
      }
      if (bean instanceof EventPublisher publisher) {
        return new FaultyPublisher(publisher);
      }
      return bean instanceof OutcomeStore store && name.equals("outcomeStore")
          ? outcomes(store)
          : bean;
    }

    private static OutcomeStore outcomes(OutcomeStore store) {
      return Interception.of(
          OutcomeStore.class,
          store,
          call -> {
            Object result = call.proceed();
            if (call.name().equals("add") && Faults.has(SeededBug.ANSWER_BEFORE_COMMIT)) {
              for (Object each : (List<?>) call.arguments()[0]) {
                FoldResult one = (FoldResult) each;
                pending.wake(one.envelope().id(), one.outcome());
              }
              Faults.pause(100);
            }
            return result;
          });
    }
  }
}
