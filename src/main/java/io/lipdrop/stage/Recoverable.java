package io.lipdrop.stage;

import java.io.IOException;

/** A stage that may find its work half-done at start. All recover, in their order, before the first route starts. */
public interface Recoverable {
    /** Brings every half-done step to its end or back to its beginning. */
    void recover() throws IOException;
}
