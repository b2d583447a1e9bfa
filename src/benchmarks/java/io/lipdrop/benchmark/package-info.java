/** Programs that measure the product from outside and print what they find; see {@code benchmarks/README.md}. */
@NullMarked
package io.lipdrop.benchmark;

import org.jspecify.annotations.NullMarked;
