package io.lipdrop.history;

import java.time.Instant;
import java.util.Comparator;

/**
 * The place of a batch in a list, newest first. It is the same before and after the batch ends, so a list that is read page by page has
 * no gap where one ends meanwhile.
 *
 * @param createdAt when the batch left the inbox
 * @param batch tells apart those that came at the same time
 */
public record Position(Instant createdAt, String batch) implements Comparable<Position> {
    private static final Comparator<Position> NEWEST_FIRST =
            Comparator.comparing(Position::createdAt).reversed().thenComparing(Position::batch);

    @Override
    public int compareTo(Position other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
