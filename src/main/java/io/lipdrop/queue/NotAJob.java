package io.lipdrop.queue;

/** Something that lay in the queue and is no job document. */
final class NotAJob extends RuntimeException {
    NotAJob(String message) {
        super(message);
    }
}
