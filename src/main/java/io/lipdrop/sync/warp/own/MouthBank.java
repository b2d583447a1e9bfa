package io.lipdrop.sync.warp.own;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.MouthSize;
import io.lipdrop.sync.pixel.Quantiles;
import io.lipdrop.sync.warp.person.OwnLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    /** Where one shot dissolves into the next, as many looks before and after the middle may show both. */
    private static final int MIXED_LOOKS = 8;
    /** Another shot has to be nearer by so much, in luma of 255, to be taken for a frame of a known one. */
    private static final float CLEARLY_NEARER = Thumbnail.SAME / 2;

    /** Lips are parted from this opening on. */
    static final float PARTED = 0.02f;
    /** So many looks at them tell how far a person opens the mouth. */
    private static final int ENOUGH_PARTED = 60;

    private static final float SURE = 0.5f;
    private static final float MAX_YAW = 0.7f;
    /** Looks with less than this part of the median sharpness are left out. */
    private static final float BLURRED = 0.6f;

    private final List<OwnLook> looks;
    /** Of all mouths that were seen, also of those that were not kept. */
    private final List<Opening> openings;

    private final List<ShotView> views;
    private long bytes;
    private int seen;
    private @Nullable Thumbnail last;
    private int lastShot = -1;
    /** The number of the first look that shows nothing of the shot before. */
    private int firstPure;

    /** An empty one. */
    public MouthBank() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    MouthBank(List<OwnLook> looks, List<Opening> openings, List<ShotView> views) {
        this.looks = looks;
        this.openings = openings;
        this.views = views;
        bytes = bytesOf(looks);
    }

    /**
     * Takes the next frame of the source.
     *
     * @param size measures the mouth; asked only where it is visible
     */
    public void look(Frame frame, Face face, Supplier<MouthSize> size) {
        int number = seen++;
        Thumbnail thumbnail = Thumbnail.of(frame);
        boolean isNew = face.shot() != lastShot;
        if (isNew && last != null && thumbnail.away(last) < Thumbnail.SAME) {
            looks.removeIf(look -> look.number >= number - MIXED_LOOKS);
            bytes = bytesOf(looks);
            firstPure = number + MIXED_LOOKS;
        }
        last = thumbnail;
        lastShot = face.shot();
        if ((isNew || number % LOOKS_PER_THUMBNAIL == 0) && views.size() < MAX_THUMBNAILS) {
            views.add(new ShotView(face.shot(), thumbnail));
        }
        if (number < firstPure
                || face.score() < SURE
                || Math.abs(face.yaw()) > MAX_YAW
                || !OwnLook.isWhole(frame, face)) {
            return;
        }
        OwnLook look = OwnLook.of(number, frame, face, size.get());
        looks.add(look);
        if (openings.size() < MAX_OPENINGS) {
            openings.add(new Opening(look.shot, look.opening));
        }
        bytes += look.bytes();
        if (bytes > MAX_BYTES || looks.size() > MAX_LOOKS) {
            Likeness.thin(looks, Math.max(1, looks.size() / LOOKS_PER_THINNED));
            bytes = bytesOf(looks);
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
        bytes = bytesOf(looks);
    }

    /** Whether there are enough mouths to choose from. */
    public boolean isUsable() {
        return !usableShots().isEmpty();
    }

    /** The shots of which enough mouths are known. */
    Set<Integer> usableShots() {
        Map<Integer, Long> counts =
                looks.stream().collect(Collectors.groupingBy(look -> look.shot, Collectors.counting()));
        counts.values().removeIf(count -> count < MIN_LOOKS);
        return Set.copyOf(counts.keySet());
    }

    private static long bytesOf(List<OwnLook> looks) {
        return looks.stream().mapToLong(OwnLook::bytes).sum();
    }

    /** Memory that it takes, bytes. */
    public long bytes() {
        return bytes;
    }

    /** The openings of the person in this shot; of all people where it has too few parted lips to tell. */
    List<Float> openings(int shot) {
        long parted = openings.stream()
                .filter(seen -> seen.shot == shot && seen.opening > PARTED)
                .count();
        return openings.stream()
                .filter(seen -> parted < ENOUGH_PARTED || seen.shot == shot)
                .map(Opening::opening)
                .toList();
    }

    List<Opening> openings() {
        return openings;
    }

    List<ShotView> views() {
        return views;
    }

    /** The mouths that are kept, in the order of the source. */
    public List<OwnLook> looks() {
        return looks;
    }

    /**
     * The shot of the source that a frame belongs to; −1 where none is like it.
     *
     * @param known the shot of the frames before, which is kept unless another is clearly nearer; −1 for none
     */
    int shotLike(Frame frame, int known) {
        Thumbnail thumbnail = Thumbnail.of(frame);
        int best = -1;
        float least = Thumbnail.SAME;
        float leastKnown = Float.MAX_VALUE;
        for (ShotView view : views) {
            float away = thumbnail.away(view.thumbnail());
            if (view.shot() == known) {
                leastKnown = Math.min(leastKnown, away);
            }
            if (away < least) {
                least = away;
                best = view.shot();
            }
        }
        return known >= 0 && (best < 0 || least > leastKnown - CLEARLY_NEARER) ? known : best;
    }

    /** How far a mouth in a shot was open. */
    record Opening(int shot, float opening) {}

    /** What a frame of a shot looks like. */
    record ShotView(int shot, Thumbnail thumbnail) {}
}
