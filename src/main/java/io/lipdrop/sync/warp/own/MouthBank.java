package io.lipdrop.sync.warp.own;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.MouthSize;
import io.lipdrop.sync.pixel.Quantiles;
import io.lipdrop.sync.warp.person.OwnLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The person's own mouths from frames of the source, as varied as memory allows. Looks in which the mouth is hidden or
 * blurred, or the head turned away, are left out.
 */
public final class MouthBank {
    static final int MAX_LOOKS = 600;
    /** Maximum memory for looks, bytes, and as a divisor of the heap. */
    private static final long MAX_MEMORY = 64_000_000;

    private static final long HEAP_PER_MEMORY = 16;
    private static final long MAX_BYTES =
            Math.min(MAX_MEMORY, Runtime.getRuntime().maxMemory() / HEAP_PER_MEMORY);
    /** If they take more, one look in this many is removed. */
    private static final int LOOKS_PER_THINNED = 6;
    /** A shot is recognised by thumbnails: one per this many frames. */
    private static final int LOOKS_PER_THUMBNAIL = 12;

    static final int MAX_THUMBNAILS = 500;
    static final int MAX_OPENINGS = 10_000;
    /** Minimum looks of a shot that give a choice. */
    private static final int MIN_LOOKS = 25;

    private static final float SURE = 0.5f;
    private static final float MAX_YAW = 0.7f;
    /** Looks with less than this part of the median sharpness are left out. */
    private static final float BLURRED = 0.6f;

    private final List<OwnLook> looks;
    /** Of all mouths that were seen, also of those that were not kept. */
    private final List<Float> openings;

    private final List<ShotView> views;
    private long bytes;
    private int seen;

    /** An empty one. */
    public MouthBank() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    MouthBank(List<OwnLook> looks, List<Float> openings, List<ShotView> views) {
        this.looks = looks;
        this.openings = openings;
        this.views = views;
        bytes = looks.stream().mapToLong(OwnLook::bytes).sum();
    }

    /**
     * Takes the next frame of the source.
     *
     * @param size measures the mouth; asked only where it is visible
     */
    public void look(Frame frame, Face face, Supplier<MouthSize> size) {
        int number = seen++;
        boolean isNew = views.isEmpty() || views.get(views.size() - 1).shot() != face.shot();
        if ((isNew || number % LOOKS_PER_THUMBNAIL == 0) && views.size() < MAX_THUMBNAILS) {
            views.add(new ShotView(face.shot(), Thumbnail.of(frame)));
        }
        if (face.score() < SURE || Math.abs(face.yaw()) > MAX_YAW || !OwnLook.isWhole(frame, face)) {
            return;
        }
        OwnLook look = OwnLook.of(number, frame, face, size.get());
        looks.add(look);
        if (openings.size() < MAX_OPENINGS) {
            openings.add(look.opening);
        }
        bytes += look.bytes();
        if (bytes > MAX_BYTES || looks.size() > MAX_LOOKS) {
            Likeness.thin(looks, Math.max(1, looks.size() / LOOKS_PER_THINNED));
            bytes = looks.stream().mapToLong(OwnLook::bytes).sum();
        }
    }

    /** Ends gathering: removes the blurred looks of each shot. */
    public void close() {
        Map<Integer, List<OwnLook>> shots = looks.stream().collect(Collectors.groupingBy(look -> look.shot));
        for (List<OwnLook> shot : shots.values()) {
            float least = BLURRED * Quantiles.of(shot, look -> look.sharpness, 0.5f);
            shot.removeIf(look -> look.sharpness >= least);
            looks.removeAll(shot);
        }
        bytes = looks.stream().mapToLong(OwnLook::bytes).sum();
    }

    /** Whether there are enough mouths to choose from. */
    public boolean isUsable() {
        return views.stream().anyMatch(view -> isUsable(view.shot()));
    }

    private boolean isUsable(int shot) {
        return looks.stream().filter(look -> look.shot == shot).count() >= MIN_LOOKS;
    }

    /** Memory that it takes, bytes. */
    public long bytes() {
        return bytes;
    }

    /** The opening below which the mouth is for this part of the time in which it is open by more than {@code least}. */
    float opening(float part, float least) {
        List<Float> open = openings.stream().filter(opening -> opening > least).toList();
        return Quantiles.of(open, Float::doubleValue, part);
    }

    List<Float> openings() {
        return openings;
    }

    List<ShotView> views() {
        return views;
    }

    /** The mouths that are kept, in the order of the source. */
    public List<OwnLook> looks() {
        return looks;
    }

    /** The shot of the source that a frame belongs to; −1 where none is like it, or too few mouths are known of that one. */
    int shotLike(Frame frame) {
        Thumbnail thumbnail = Thumbnail.of(frame);
        int best = -1;
        float least = Thumbnail.SAME;
        for (ShotView view : views) {
            float away = thumbnail.away(view.thumbnail());
            if (away < least) {
                least = away;
                best = view.shot();
            }
        }
        return isUsable(best) ? best : -1;
    }

    /** What a frame of a shot looks like. */
    record ShotView(int shot, Thumbnail thumbnail) {}
}
