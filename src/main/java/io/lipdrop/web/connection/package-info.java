/** Connections that no answer can end well: those that are cut, and those that the client has closed. */
@NullMarked
package io.lipdrop.web.connection;

import org.jspecify.annotations.NullMarked;
