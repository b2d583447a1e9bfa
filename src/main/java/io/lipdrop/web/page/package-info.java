/** Serves the page's files. */
@NullMarked
package io.lipdrop.web.page;

import org.jspecify.annotations.NullMarked;
