/** The files of a batch: results in the outbox, reports in the error folder, and the sources while they are kept. */
@NullMarked
package io.lipdrop.results;

import org.jspecify.annotations.NullMarked;
