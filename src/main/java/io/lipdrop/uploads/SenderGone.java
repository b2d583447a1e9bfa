package io.lipdrop.uploads;

import java.io.IOException;

/** The connection broke while bytes arrived. What had arrived is kept. */
public final class SenderGone extends IOException {
    SenderGone(IOException cause) {
        super("the connection broke: " + cause.getMessage(), cause);
    }
}
