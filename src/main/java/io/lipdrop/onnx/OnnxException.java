package io.lipdrop.onnx;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model could not be opened or run; the message is for a person. */
public final class OnnxException extends RuntimeException {
    /** The kind of error, for the caller's error code. */
    public enum Kind {
        /** The file does not exist. */
        MISSING,
        /** The file is not a model that can run here, or rejects its input. */
        INVALID,
        /** The device has too little memory. */
        OUT_OF_MEMORY,
        /** A GPU failed in a run that worked before. */
        DEVICE_FAILED
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

    /** The file of a model cannot be read. */
    public static OnnxException unreadable(Path file, IOException e) {
        Kind kind = Files.exists(file) ? Kind.INVALID : Kind.MISSING;
        return new OnnxException(kind, "The model " + file.getFileName() + " cannot be read: " + e, e);
    }

    /** Java has no memory for the inputs and outputs of a network. */
    public static OnnxException ofMemory(int items, OutOfMemoryError e) {
        return new OnnxException(Kind.OUT_OF_MEMORY, "Not enough memory for a batch of %d faces.".formatted(items), e);
    }

    /** A GPU failed, with the runtime's message. */
    public static OnnxException ofDevice(Device device, OnnxException e) {
        String why = e.getCause() instanceof OrtException said ? Cuda.reason(said) : e.getMessage();
        return new OnnxException(Kind.DEVICE_FAILED, device.name() + " failed: " + why, e);
    }

    public Kind kind() {
        return kind;
    }
}
