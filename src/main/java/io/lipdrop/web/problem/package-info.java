/** Errors of the API, as RFC 9457 has them. */
@NullMarked
package io.lipdrop.web.problem;

import org.jspecify.annotations.NullMarked;
