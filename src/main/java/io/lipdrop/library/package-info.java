/** Media for repeated use: what lies in {@code library/}. */
@NullMarked
package io.lipdrop.library;

import org.jspecify.annotations.NullMarked;
