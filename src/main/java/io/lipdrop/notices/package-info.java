/** Tells others: a webhook, mail, or a route of the owner hear when a batch ends and when the queue waits. */
@NullMarked
package io.lipdrop.notices;

import org.jspecify.annotations.NullMarked;
