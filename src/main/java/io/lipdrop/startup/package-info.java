/** What happens before the first drop: the home is locked and completed, the routes are loaded, crashed work is taken up again. */
@NullMarked
package io.lipdrop.startup;

import org.jspecify.annotations.NullMarked;
