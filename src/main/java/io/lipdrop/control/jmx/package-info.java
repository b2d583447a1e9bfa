/** The queue and its workers as MBeans, for Hawtio and other consoles. */
@NullMarked
package io.lipdrop.control.jmx;

import org.jspecify.annotations.NullMarked;
