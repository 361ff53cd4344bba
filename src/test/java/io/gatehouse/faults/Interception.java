package io.gatehouse.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Calls of an interface that are seen, changed or left out before they reach the real object. */
final class Interception {

  private Interception() {}

  /** The call of a method, which {@link #proceed} hands on. */
  record Invocation(Object target, Method method, Object[] arguments) {

    String name() {
      return method.getName();
    }

    Object proceed() throws Throwable {
      try {
        return method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  /** What becomes of a call. */
  @FunctionalInterface
  interface Interceptor {
    Object call(Invocation invocation) throws Throwable;
  }

  /** The target behind an interceptor, as one interface. */
  static <T> T of(Class<T> type, T target, Interceptor interceptor) {
    return type.cast(
        Proxy.newProxyInstance(
            Interception.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                interceptor.call(new Invocation(target, method, arguments))));
  }
}
