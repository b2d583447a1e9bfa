/** What a frame shows of a person's mouth, at rest and inside. */
@NullMarked
package io.lipdrop.sync.warp.person;

import org.jspecify.annotations.NullMarked;
