package io.lipdrop.job;

/**
 * A source is no longer the file that was checked: whoever writes it has gone on. Nobody's fault: the job waits until the file
 * rests, is checked again and begins anew.
 */
public final class SourceChanged extends RuntimeException {
    public SourceChanged(String name) {
        super("%s changed after Lipdrop took it. Is it still being copied?".formatted(name));
    }
}
