/** Who may come in: host names, other pages, other machines. */
@NullMarked
package io.lipdrop.web.door;

import org.jspecify.annotations.NullMarked;
