package io.gatehouse.support;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReader;

/**
 * What the gateways of a process read of the files of their classes, read once: it is a third of
 * the work of a start, and the files stay the same.
 */
final class SharedMetadata implements ApplicationContextInitializer<GenericApplicationContext> {

  private static final Map<Resource, MetadataReader> READ = new ConcurrentHashMap<>();

  @Override
  public void initialize(GenericApplicationContext context) {
    Map<Resource, MetadataReader> cache = context.getResourceCache(MetadataReader.class);
    cache.putAll(READ);
    context.addBeanFactoryPostProcessor(
        new BeanDefinitionRegistryPostProcessor() {
          @Override
          public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            registry
                .getBeanDefinition(
                    AnnotationConfigUtils.CONFIGURATION_ANNOTATION_PROCESSOR_BEAN_NAME)
                .getPropertyValues()
                .add(
                    "metadataReaderFactory",
                    new CachingMetadataReaderFactory((ResourceLoader) context));
          }

          @Override
          public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
            READ.putAll(cache);
          }
        });
  }
}
