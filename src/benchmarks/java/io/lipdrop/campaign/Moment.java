package io.lipdrop.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A step of a batch as it can be seen from outside: in the folders and in what is printed. */
enum Moment {
    CLAIMING((place, batch) -> inStaging(place, batch, "claim\\.json")),
    COPYING((place, batch) -> inStaging(place, batch, "\\..*\\.(mp4|ogg).*")),
    CHECKING((place, batch) -> isClaimed(place, batch) && !inStaging(place, batch, "claim\\.json")),
    QUEUEING((place, batch) -> Place.has(place.work().resolve("queued"), file -> isOf(file, batch))),
    LOADING((place, batch) -> said(place, batch, "loading the models")),
    READING_AUDIO((place, batch) -> said(place, batch, "reading ")),
    TRACKING((place, batch) -> said(place, batch, "tracking the face")),
    RENDERING((place, batch) -> said(place, batch, "rendering ")),
    SEGMENT_CHANGE((place, batch) -> inStaging(place, batch, "\\.?segment-00001\\..*")),
    MUXING((place, batch) -> inStaging(place, batch, "\\.?result\\.mp4.*")),
    DELIVERED_VIDEO((place, batch) -> Place.has(
            place.outbox().resolve(batch), file -> file.getFileName().toString().endsWith(".mp4"))),
    DELIVERED_SIDECAR((place, batch) -> Place.has(place.outbox().resolve(batch), Moment::isSidecar)),
    DELIVERED_OUTCOME((place, batch) -> Place.has(
            place.work().resolve("staging").resolve(batch),
            file -> Place.folderOf(file).equals("outcomes"))),
    CLOSING((place, batch) -> place.state(batch).matches("done|failed|cancelled")),
    REPORTING((place, batch) -> Files.isDirectory(place.error().resolve(batch))),
    ANY((place, batch) -> true);

    @SuppressWarnings("ImmutableEnumChecker") // each is a function without a state
    private final Look look;

    Moment(Look look) {
        this.look = look;
    }

    /** Whether it is now. */
    private interface Look {
        boolean sees(Place place, String batch);
    }

    /** The kind of drop in which it is to be seen best. */
    Drop.Kind kind(boolean isSecond) {
        return switch (this) {
            case COPYING, CLAIMING -> Drop.Kind.LARGE;
            case SEGMENT_CHANGE, RENDERING, ANY -> isSecond ? Drop.Kind.LONG : Drop.Kind.THREE;
            case REPORTING -> isSecond ? Drop.Kind.MIXED : Drop.Kind.BAD_VOICE;
            case CLOSING -> isSecond ? Drop.Kind.MIXED : Drop.Kind.REFUSED;
            default -> isSecond ? Drop.Kind.THREE : Drop.Kind.SINGLE;
        };
    }

    /** Waits for it; false where it did not come, or came and went unseen. */
    boolean await(Place place, String batch, long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            if (look.sees(place, batch)) {
                return true;
            }
            boolean isOver = this != CLOSING && place.state(batch).matches("done|failed|cancelled");
            if (isOver) {
                return false;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private static boolean inStaging(Place place, String batch, String name) {
        return Place.has(
                place.work().resolve("staging").resolve(batch),
                file -> file.getFileName().toString().matches(name));
    }

    private static boolean isClaimed(Place place, String batch) {
        return Place.has(place.work().resolve("claimed"), file -> isOf(file, batch));
    }

    private static boolean isOf(Path file, String batch) {
        return file.getFileName().toString().contains(batch);
    }

    private static boolean isSidecar(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".json") && !name.startsWith(".") && !name.equals("status.json");
    }

    private static boolean said(Place place, String batch, String words) {
        try {
            return Files.readString(place.home().resolve("console.log")).contains(batch + "-01: " + words);
        } catch (IOException e) {
            return false;
        }
    }
}
