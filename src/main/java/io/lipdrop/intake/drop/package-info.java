/** The files of one drop in the inbox, and whether they are complete and no longer changing. */
@NullMarked
package io.lipdrop.intake.drop;

import org.jspecify.annotations.NullMarked;
