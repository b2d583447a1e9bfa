/** Folders, names of documents, and file names that are valid on every network share. */
@NullMarked
package io.lipdrop.home;

import org.jspecify.annotations.NullMarked;
