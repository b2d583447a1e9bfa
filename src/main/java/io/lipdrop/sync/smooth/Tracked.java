package io.lipdrop.sync.smooth;

import io.lipdrop.sync.face.Face;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the face in one frame after smoothing.
 *
 * @param face null where there is none
 * @param strength how far to trust it, 0 (leave the frame as it is) to 1; fades where the face comes and goes
 */
public record Tracked(@Nullable Face face, float strength) {}
