/** What the stages ask of one another, as interfaces, so that none imports another. */
@NullMarked
package io.lipdrop.stage;

import org.jspecify.annotations.NullMarked;
