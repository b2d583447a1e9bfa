package io.lipdrop.home;

import java.nio.file.Path;

/** The folders of a home as they are by default. */
public final class TestHome {
    private TestHome() {}

    /** None of them is made. */
    public static Folders in(Path home) {
        return new Folders(
                home,
                home.resolve("inbox"),
                home.resolve("outbox"),
                home.resolve("error"),
                home.resolve("models"),
                home.resolve("library"),
                home.resolve("work"));
    }
}
