/** What lies in the inbox of one drop, and whether it is complete and rests. */
@NullMarked
package io.lipdrop.intake.drop;

import org.jspecify.annotations.NullMarked;
