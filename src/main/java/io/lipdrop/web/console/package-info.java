/** What Hawtio and Jolokia may do. */
@NullMarked
package io.lipdrop.web.console;

import org.jspecify.annotations.NullMarked;
