/** Batches that come over HTTP: a manifest whose files are uploads or lie in the library. */
@NullMarked
package io.lipdrop.intake.posted;

import org.jspecify.annotations.NullMarked;
