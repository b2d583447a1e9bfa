package io.lipdrop.results.zip;

import java.io.IOException;

/** A file changed while it was put into an archive: the archive is not finished. */
public final class MemberChanged extends IOException {
    public MemberChanged(String name) {
        super(name + " changed while it was put into the archive");
    }
}
