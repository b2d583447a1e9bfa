/** How fast this machine was with its last jobs, and so how long the next ones will take. */
@NullMarked
package io.lipdrop.speed;

import org.jspecify.annotations.NullMarked;
