package io.gatehouse.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/** It answers as Spring does, and sooner. */
class GenericTypeLookupTest {

  private static final List<ResolvableType> TYPES =
      List.of(
          ResolvableType.forClassWithGenerics(Comparator.class, String.class),
          ResolvableType.forClassWithGenerics(Comparator.class, Integer.class),
          ResolvableType.forClassWithGenerics(Callable.class, String.class),
          ResolvableType.forClassWithGenerics(Supplier.class, String.class),
          ResolvableType.forClass(Comparator.class));

  @Test
  void answersAsSpringDoesBeforeAndAfterTheDefinitionsAreComplete() {
    DefaultListableBeanFactory spring = filled(new DefaultListableBeanFactory());
    DefaultListableBeanFactory ours = filled(new GenericTypeLookup());

    assertSame(ours, spring);
    ours.freezeConfiguration();
    spring.freezeConfiguration();
    assertSame(ours, spring);
    ours.registerSingleton("late", (Callable<String>) () -> "late");
    spring.registerSingleton("late", (Callable<String>) () -> "late");
    assertSame(ours, spring);
    assertThat(ours.getBeanNamesForType(TYPES.get(0), true, true)).containsExactly("byLength");
  }

  private static DefaultListableBeanFactory filled(DefaultListableBeanFactory beans) {
    beans.registerBeanDefinition("byLength", new RootBeanDefinition(ByLength.class));
    beans.registerBeanDefinition("other", new RootBeanDefinition(Object.class));
    return beans;
  }

  private static void assertSame(
      DefaultListableBeanFactory ours, DefaultListableBeanFactory spring) {
    for (ResolvableType type : TYPES) {
      assertThat(ours.getBeanNamesForType(type, true, true))
          .as(type.toString())
          .isEqualTo(spring.getBeanNamesForType(type, true, true));
    }
  }

  static final class ByLength implements Comparator<String> {
    @Override
    public int compare(String one, String other) {
      return Integer.compare(one.length(), other.length());
    }
  }
}
