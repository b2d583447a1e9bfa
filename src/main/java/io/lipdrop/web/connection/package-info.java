/** What is done with a connection that no answer can end well. */
@NullMarked
package io.lipdrop.web.connection;

import org.jspecify.annotations.NullMarked;
