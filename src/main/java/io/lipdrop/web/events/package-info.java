/** Server-Sent Events: what changes, pushed to every client that listens. */
@NullMarked
package io.lipdrop.web.events;

import org.jspecify.annotations.NullMarked;
