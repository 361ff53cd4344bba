package io.gatehouse.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.Ordered;

/** Definitions are complete before the first component is made, and not before they are. */
class EarlyFreezeTest {

  private static final String PROTOTYPE = "prototype";

  @Test
  void comesBeforeTheFirstComponentAndAfterEveryChangeOfADefinition() {
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.register(EarlyFreeze.class, Change.class, Witness.class);
      context.registerBean(PROTOTYPE, Object.class);
      context.refresh();

      assertThat(context.getBean(Witness.class).frozen).isTrue();
      assertThat(context.getBean(PROTOTYPE)).isNotSameAs(context.getBean(PROTOTYPE));
    }
  }

  /** Made before all other beans. */
  static final class Witness implements BeanPostProcessor {
    private final boolean frozen;

    Witness(ConfigurableListableBeanFactory beans) {
      this.frozen = beans.isConfigurationFrozen();
    }
  }

  /** Looks at a definition, so that it is remembered, and then changes it. */
  static final class Change implements BeanFactoryPostProcessor, Ordered {
    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
      assertThat(beans.getMergedBeanDefinition(PROTOTYPE).isSingleton()).isTrue();
      beans.getBeanDefinition(PROTOTYPE).setScope(BeanDefinition.SCOPE_PROTOTYPE);
    }

    @Override
    public int getOrder() {
      return 0;
    }
  }
}
