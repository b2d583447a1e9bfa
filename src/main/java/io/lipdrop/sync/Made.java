package io.lipdrop.sync;

import io.lipdrop.sync.render.Checkpoint;
import io.lipdrop.sync.render.Engine;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.render.Voice;

/**
 * A job of which all frames are made.
 *
 * @param start what an earlier attempt had made
 * @param finished with all segments
 */
record Made(RenderPlan plan, Voice voice, Engine engine, Checkpoint start, Checkpoint finished, PhaseClock clock) {}
