/** Results, sources and archives over HTTP. */
@NullMarked
package io.lipdrop.web.download;

import org.jspecify.annotations.NullMarked;
