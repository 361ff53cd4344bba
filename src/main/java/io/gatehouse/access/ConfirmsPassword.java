package io.gatehouse.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A form of the portal that is carried out only when the administrator has given the password
 * within the last minutes; otherwise it is asked for, and the form is sent again.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ConfirmsPassword {}
