/** Uploads over HTTP, and batches made of them. */
@NullMarked
package io.lipdrop.web.upload;

import org.jspecify.annotations.NullMarked;
