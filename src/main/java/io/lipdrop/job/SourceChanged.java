package io.lipdrop.job;

/**
 * A source has changed since it was checked, because it is still being written. Not an error: the job waits until the file
 * has settled, is checked again and starts again.
 */
public final class SourceChanged extends RuntimeException {
    public SourceChanged(String name) {
        super("%s changed after Lipdrop took it. Is it still being copied?".formatted(name));
    }
}
