package io.lipdrop.stage;

import io.lipdrop.job.Failure;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.Options;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Answers the question that decides early whether a video can be lip-synced, and how well it suits. */
@FunctionalInterface
public interface FacePresence {
    /**
     * Looks at some frames of a video. A long one is looked into only so far as it holds nobody up.
     *
     * @param choice which of several faces counts
     * @throws Failure when the video cannot be read
     * @throws MachineUnfit when it cannot be read now
     */
    Faces look(Path video, Options.FaceChoice choice);

    /**
     * How faces show in a video.
     *
     * @param frames how many frames were looked at
     * @param withFace how many of them show a face
     * @param smallest height of the smallest one, forehead to chin, pixels
     * @param turn how far it turns aside at most, degrees
     * @param isRuledOut whether the video was looked through and shows none
     */
    record Faces(
            int frames,
            int withFace,
            @Nullable Integer smallest,
            @Nullable Integer turn,
            boolean isRuledOut) {
        /** Nothing was seen of it. */
        public static final Faces UNSEEN = new Faces(0, 0, null, null, false);

        /** The share of frames with a face, 0 to 1; 0 where none was looked at. */
        public double coverage() {
            return frames == 0 ? 0 : (double) withFace / frames;
        }
    }
}
