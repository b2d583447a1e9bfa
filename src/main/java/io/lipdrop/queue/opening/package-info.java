/** When jobs may begin: hours of the day and week, and a pause that someone asked for. */
@NullMarked
package io.lipdrop.queue.opening;

import org.jspecify.annotations.NullMarked;
