package io.lipdrop.status;

import java.util.List;

/** Events that are told in the thread that publishes them. */
public final class FakeEvents {
    private FakeEvents() {}

    public static StatusEvents to(StatusListener... listeners) {
        return new StatusEvents(List.of(listeners), Runnable::run);
    }
}
