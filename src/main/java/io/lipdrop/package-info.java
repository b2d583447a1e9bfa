/** Lipdrop: a drop travels inbox, intake, validation, queue, sync, delivery, outbox; each folder here is one of those stages. */
@NullMarked
package io.lipdrop;

import org.jspecify.annotations.NullMarked;
