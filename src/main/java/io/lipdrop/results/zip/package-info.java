/** Zip archives of files that are stored as they are, so that the length of an archive is known before it is written. */
@NullMarked
package io.lipdrop.results.zip;

import org.jspecify.annotations.NullMarked;
