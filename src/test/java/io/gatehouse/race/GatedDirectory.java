package io.gatehouse.race;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.directory.CommandAttempts;
import io.gatehouse.directory.Directory;
import io.gatehouse.directory.Erasure;
import io.gatehouse.directory.OutcomeStore;
import io.gatehouse.directory.Parking;
import io.gatehouse.directory.ResourceStore;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.Gateway;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gateway's own stores with a gate behind each step, and nothing else changed. */
final class GatedDirectory {

  private final Gateway gateway;
  private final Stepper stepper;

  private GatedDirectory(Gateway gateway, Stepper stepper) {
    this.gateway = gateway;
    this.stepper = stepper;
  }

  static Directory of(Gateway gateway, Stepper stepper) {
    return new GatedDirectory(gateway, stepper).directory();
  }

  private Directory directory() {
    return new Directory(
        unit(),
        new Directory.Stores(
            gated(OutcomeStore.class, "unclaimed", this::claimed),
            gated(
                ResourceStore.class,
                "load",
                it -> stepper.gate(Stage.LOADED),
                "save",
                it -> stepper.gate(Stage.SAVED)),
            gateway.bean(ChangeLog.class),
            gated(AuditLog.class, "append", it -> stepper.gate(Stage.RECORDED)),
            gated(Erasure.class, "erase", it -> stepper.gate(Stage.ERASED)),
            gateway.bean(Parking.class)),
        gateway.bean(CommandAttempts.class),
        Instant.EPOCH);
  }

  private void claimed(Object claim) {
    stepper.clock(((OutcomeStore.Claim) claim).now());
    stepper.gate(Stage.CLAIMED);
  }

  private UnitOfWork unit() {
    UnitOfWork unit = gateway.bean(UnitOfWork.class);
    JdbcClient jdbc = gateway.bean(JdbcClient.class);
    return new UnitOfWork() {
      @Override
      public <T> T inTransaction(Supplier<T> work) {
        stepper.begin();
        return unit.inTransaction(
            () -> {
              stepper.backend(jdbc.sql("select pg_backend_pid()").query(Integer.class).single());
              return work.get();
            });
      }

      @Override
      public <T> Optional<T> exclusively(String name, Supplier<T> work) {
        return unit.exclusively(name, work);
      }
    };
  }

  private <T> T gated(Class<T> port, String method, Consumer<Object> after) {
    return gated(port, method, after, method, after);
  }

  /** A port that calls back when one of two of its methods has returned. */
  private <T> T gated(
      Class<T> port, String one, Consumer<Object> afterOne, String two, Consumer<Object> afterTwo) {
    T real = gateway.bean(port);
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              try {
                Object result = called.invoke(real, arguments);
                if (called.getName().equals(one)) {
                  afterOne.accept(result);
                } else if (called.getName().equals(two)) {
                  afterTwo.accept(result);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
