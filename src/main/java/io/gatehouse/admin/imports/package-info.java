/** The import of users from a CSV file. */
@NullMarked
package io.gatehouse.admin.imports;

import org.jspecify.annotations.NullMarked;
