/** What runs, what failed, is this machine fit: status files, health, metrics. */
@NullMarked
package io.lipdrop.operations;

import org.jspecify.annotations.NullMarked;
