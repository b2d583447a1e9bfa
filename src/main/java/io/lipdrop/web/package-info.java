/** Which HTTP requests are allowed, and what the console may do. */
@NullMarked
package io.lipdrop.web;

import org.jspecify.annotations.NullMarked;
