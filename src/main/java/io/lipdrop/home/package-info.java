/** Where everything lies: folders, documents, and names that every share can hold. */
@NullMarked
package io.lipdrop.home;

import org.jspecify.annotations.NullMarked;
