/** The files in {@code models/}: those that ship, those that someone put there, opened and kept warm. */
@NullMarked
package io.lipdrop.sync.model;

import org.jspecify.annotations.NullMarked;
