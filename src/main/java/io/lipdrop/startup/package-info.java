/** Start-up before the first drop: locks and completes the home folder, loads the routes, and recovers work that a crash interrupted. */
@NullMarked
package io.lipdrop.startup;

import org.jspecify.annotations.NullMarked;
