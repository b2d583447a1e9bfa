package io.lipdrop.onnx;

/** A model could not be opened or run; the message is for a person. */
public final class OnnxException extends RuntimeException {
    /** What went wrong, for the caller's error code. */
    public enum Kind {
        /** The file is not there. */
        MISSING,
        /** The file is no model that can be run here, or refuses its input. */
        INVALID,
        /** The device has too little memory. */
        OUT_OF_MEMORY
    }

    private final Kind kind;

    OnnxException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    OnnxException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
