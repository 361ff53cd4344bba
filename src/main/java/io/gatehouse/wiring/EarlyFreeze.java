package io.gatehouse.wiring;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;

/**
 * Tells Spring that the definitions of beans are complete before the web server is made, instead of
 * after it. Only from then on does Spring remember which beans have a type, and the filters of the
 * web server need half of all beans: without this, each argument of each of them is looked for in
 * all definitions.
 *
 * <p>It has no order, so that it runs after those that have one and may change definitions.
 */
@Component
final class EarlyFreeze implements BeanFactoryPostProcessor {

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    beans.clearMetadataCache(); // of definitions as they were before the others changed them
    beans.freezeConfiguration();
  }
}
