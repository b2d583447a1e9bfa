package io.lipdrop.onnx;

/** What the runtime meets on other machines. */
public final class OnnxTroubles {
    private OnnxTroubles() {}

    public static OnnxException of(OnnxException.Kind kind) {
        return new OnnxException(kind, "as on another machine");
    }
}
