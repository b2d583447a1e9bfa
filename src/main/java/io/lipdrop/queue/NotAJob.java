package io.lipdrop.queue;

/** Something that lay in the queue and is no job document. */
public final class NotAJob extends RuntimeException {
    public NotAJob(String message) {
        super(message);
    }
}
