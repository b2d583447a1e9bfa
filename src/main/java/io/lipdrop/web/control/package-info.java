/** The calls of the API that change what becomes of batches, jobs and the queue. */
@NullMarked
package io.lipdrop.web.control;

import org.jspecify.annotations.NullMarked;
