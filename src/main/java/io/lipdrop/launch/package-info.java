/** How the process starts: the classes of {@code lipdrop.jar} read quickly, and the quick start that {@code --install} prepares. */
@NullMarked
package io.lipdrop.launch;

import org.jspecify.annotations.NullMarked;
