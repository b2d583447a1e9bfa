/** Opens models once, on the configured device: the only place that knows ONNX Runtime. */
@NullMarked
package io.lipdrop.onnx;

import org.jspecify.annotations.NullMarked;
