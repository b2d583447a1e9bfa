/** Who may talk to Lipdrop over HTTP, and what the console may do. */
@NullMarked
package io.lipdrop.web;

import org.jspecify.annotations.NullMarked;
