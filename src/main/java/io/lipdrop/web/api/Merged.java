package io.lipdrop.web.api;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Two sorted sequences as one; each is read only as far as needed. */
final class Merged<T> implements Iterator<T> {
    private final Comparator<T> order;
    private final Iterator<T> one;
    private final Iterator<T> other;
    private @Nullable T nextOfOne;
    private @Nullable T nextOfOther;

    Merged(Comparator<T> order, Iterator<T> one, Iterator<T> other) {
        this.order = order;
        this.one = one;
        this.other = other;
    }

    @Override
    public boolean hasNext() {
        return nextOfOne != null || nextOfOther != null || one.hasNext() || other.hasNext();
    }

    @Override
    public T next() {
        T first = nextOfOne != null ? nextOfOne : one.hasNext() ? one.next() : null;
        T second = nextOfOther != null ? nextOfOther : other.hasNext() ? other.next() : null;
        boolean isFirst = first != null && (second == null || order.compare(first, second) <= 0);
        nextOfOne = isFirst ? null : first;
        nextOfOther = isFirst ? second : null;
        T next = isFirst ? first : second;
        if (next == null) {
            throw new NoSuchElementException();
        }
        return next;
    }
}
