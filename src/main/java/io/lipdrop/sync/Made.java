package io.lipdrop.sync;

import io.lipdrop.job.Phase;
import io.lipdrop.speed.PastJob;
import io.lipdrop.sync.render.Checkpoint;
import io.lipdrop.sync.render.Engine;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.render.Voice;
import java.util.Map;
import java.util.Objects;

/**
 * A job of which all frames are made.
 *
 * @param start what an earlier attempt had made
 * @param finished with all segments
 */
record Made(RenderPlan plan, Voice voice, Engine engine, Checkpoint start, Checkpoint finished, PhaseClock clock) {

    /** How long it took. */
    PastJob pastJob() {
        double all = 0;
        double rendering = 0;
        for (Map.Entry<Phase, Double> phase : clock.seconds().entrySet()) {
            all += phase.getValue();
            rendering += phase.getKey() == Phase.RENDERING ? phase.getValue() : 0;
        }
        return new PastJob(
                Objects.requireNonNullElse(plan.job().options().engine(), "auto"),
                engine.name(),
                engine.device().name(),
                plan.video().isStill(),
                (long) plan.video().frameWidth() * plan.video().frameHeight(),
                finished.frames(),
                all - rendering,
                rendering);
    }
}
