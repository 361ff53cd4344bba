package io.gatehouse.wiring;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Answers without a search that no bean has a generic type, when none has even the raw type. Spring
 * remembers which beans have a raw type, but looks at each definition for a generic one, and each
 * chain of filters of Spring Security asks for some thirty of them.
 */
final class GenericTypeLookup extends DefaultListableBeanFactory {

  private static final long serialVersionUID = 1L;

  @Override
  public String[] getBeanNamesForType(
      ResolvableType type, boolean includeNonSingletons, boolean allowEagerInit) {
    Class<?> raw = type.resolve();
    if (isConfigurationFrozen()
        && allowEagerInit
        && raw != null
        && type.hasGenerics()
        && getBeanNamesForType(raw, includeNonSingletons, true).length == 0) {
      return new String[0];
    }
    return super.getBeanNamesForType(type, includeNonSingletons, allowEagerInit);
  }
}
