/** The job store as two folders of documents, which a person can read, delete and rename. */
@NullMarked
package io.lipdrop.queue.folder;

import org.jspecify.annotations.NullMarked;
