/** The model files in {@code models/}: shipped ones and those that users add; keeps opened models warm. */
@NullMarked
package io.lipdrop.sync.model;

import org.jspecify.annotations.NullMarked;
