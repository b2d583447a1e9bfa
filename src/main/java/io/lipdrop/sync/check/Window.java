package io.lipdrop.sync.check;

import io.lipdrop.media.frame.Rational;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.voice.MouthTrack;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of the result that is looked at.
 *
 * @param first its first frame
 * @param frames how many there are
 */
record Window(long first, long frames) {
    static final double SECONDS = 3;
    /** Of the result so much is looked at, but at least one window and at most six: some 3 % of the time that it took. */
    private static final double SHARE = 0.04;

    private static final int MAX_WINDOWS = 6;
    private static final double MUCH_REST = 0.2;

    /**
     * Windows all over the result, each where its part of the voice asks for most motion and rests as well. They begin with a segment, that is, with a key
     * frame, so that nothing is decoded for nothing.
     *
     * @param frames how many frames the result has
     */
    static List<Window> choose(RenderPlan plan, MouthTrack mouth, long frames) {
        Rational rate = plan.rate();
        long length = Math.min(frames, Math.max(2, rate.framesIn(SECONDS)));
        List<Window> all = new ArrayList<>();
        for (long first = 0; first + length <= frames; first += plan.segmentFrames()) {
            all.add(new Window(first, length));
        }
        int wanted = (int) Math.round(SHARE * rate.secondsOf(frames) / SECONDS);
        int count = Math.max(1, Math.min(Math.min(MAX_WINDOWS, all.size()), wanted));
        List<Window> chosen = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            int from = part * all.size() / count;
            int end = (part + 1) * all.size() / count;
            chosen.add(all.subList(from, end).stream()
                    .max((one, other) -> Double.compare(one.worth(plan, mouth), other.worth(plan, mouth)))
                    .orElseThrow());
        }
        return chosen;
    }

    /** How much is to be seen: motion, and where the voice rests for a while as well, twice as much. */
    private double worth(RenderPlan plan, MouthTrack mouth) {
        int resting = 0;
        for (long frame = first; frame < first + frames; frame++) {
            resting += Looks.rests(mouth, plan.voiceSecondsAt(frame)) ? 1 : 0;
        }
        return motion(plan, mouth) * (1 + Math.min(1, resting / (MUCH_REST * frames)));
    }

    /** How much the opening that is asked for varies: its variance. */
    private double motion(RenderPlan plan, MouthTrack mouth) {
        double sum = 0;
        double squares = 0;
        for (long frame = first; frame < first + frames; frame++) {
            double opening = mouth.at(plan.voiceSecondsAt(frame)).opening();
            sum += opening;
            squares += opening * opening;
        }
        return squares / frames - sum / frames * (sum / frames);
    }
}
