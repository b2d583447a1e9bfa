/** Opens ONNX models on the configured device and runs them. The only package that uses ONNX Runtime. */
@NullMarked
package io.lipdrop.onnx;

import org.jspecify.annotations.NullMarked;
