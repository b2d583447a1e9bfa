package io.lipdrop.stage;

import java.io.IOException;

/** Does the same with each of several: one that fails keeps none of the others from it. */
public final class OneByOne {
    private OneByOne() {}

    /** What is done with one of them. */
    @FunctionalInterface
    public interface Step<T> {
        void with(T one) throws IOException;
    }

    /**
     * Does it.
     *
     * @throws IOException the last one that was thrown, after the step was tried with all
     */
    public static <T> void each(Iterable<T> all, Step<T> step) throws IOException {
        IOException trouble = null;
        for (T one : all) {
            try {
                step.with(one);
            } catch (IOException e) {
                trouble = e;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
    }
}
