package io.lipdrop.intake.posted;

import io.lipdrop.job.Failure;
import org.jspecify.annotations.Nullable;

/** A posted batch that is not taken; nothing of it was changed. */
public final class PostRefused extends RuntimeException {
    private final Reason reason;
    private final @Nullable Failure failure;

    /** Why. */
    public enum Reason {
        /** The manifest is not JSON. */
        NOT_JSON,
        /** The manifest asks for something that cannot be; see {@link #failure}. */
        MANIFEST,
        /** Another manifest was posted with the same key. */
        KEY_REUSED,
        /** A request with the same key is being carried out. */
        IN_PROGRESS,
        /** Lipdrop is starting. */
        STARTING
    }

    PostRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.failure = null;
    }

    PostRefused(Reason reason, Failure failure) {
        super(failure.reason(), failure);
        this.reason = reason;
        this.failure = failure;
    }

    public Reason reason() {
        return reason;
    }

    /** What is wrong with the manifest. */
    public @Nullable Failure failure() {
        return failure;
    }
}
