package io.lipdrop.sync.check;

import io.lipdrop.sync.voice.MouthTrack;
import java.util.ArrayList;
import java.util.List;

/** What was seen of the mouth in windows of the result, and how it goes with what the voice asked for. */
final class Looks {
    /** The openings that are asked for must vary by so much to say anything; a mouth that talks varies by 0.03 and more. */
    private static final double MIN_ASKED = 0.012;
    /** A voice that asks for less for so long before and after rests. */
    private static final double REST = 0.01;

    private static final double REST_SECONDS = 0.25;
    private static final double REST_STEP = 0.05;
    /** From one look to the next a mouth at rest does not open or close by more; the mesh errs by a third of it. */
    private static final double MOVED = 0.02;

    private static final int MIN_RESTING = 5;
    private static final int MIN_LOOKS = 15;

    private static final double MAX_LAG = 0.4;
    private static final double LAG_STEP = 0.02;

    private final MouthTrack mouth;
    private final List<List<Look>> windows = new ArrayList<>();
    private int looks;
    private int seen;

    Looks(MouthTrack mouth) {
        this.mouth = mouth;
    }

    /**
     * One look.
     *
     * @param voiceSeconds the moment of the voice that the frame shows
     * @param opening what is seen
     */
    private record Look(double voiceSeconds, double opening) {}

    /** The best agreement of what was asked for and what was seen, and the lag at which it is. */
    record Agreement(double r, double lagSeconds) {}

    void beginWindow() {
        windows.add(new ArrayList<>());
    }

    void add(double voiceSeconds, double opening) {
        looks++;
        seen++;
        windows.get(windows.size() - 1).add(new Look(voiceSeconds, opening));
    }

    /** A look that shows no mouth. */
    void addNothing() {
        looks++;
    }

    /** Whether the mouth was seen often enough to say anything. */
    boolean isEnough() {
        return seen >= MIN_LOOKS && 2 * seen >= looks;
    }

    /** Whether the voice asks for motion at all. */
    boolean isAsked() {
        return Math.sqrt(asked(0).variance()) >= MIN_ASKED;
    }

    /** How much the opening that is seen varies, as its standard deviation. */
    double motion() {
        return Math.sqrt(seen().variance());
    }

    /** How much the opening that is asked for varies. */
    double askedMotion() {
        return Math.sqrt(asked(0).variance());
    }

    Agreement agreement() {
        Agreement best = new Agreement(r(0), 0);
        for (double lag = -MAX_LAG; lag <= MAX_LAG + 1e-9; lag += LAG_STEP) {
            double r = r(lag);
            if (r > best.r) {
                best = new Agreement(r, lag);
            }
        }
        return best;
    }

    /** The share of looks that move while the voice rests; NaN where it hardly does. */
    double silentMotion() {
        int resting = 0;
        int moving = 0;
        for (List<Look> window : windows) {
            for (int i = 1; i < window.size(); i++) {
                Look look = window.get(i);
                if (rests(mouth, look.voiceSeconds) && rests(mouth, window.get(i - 1).voiceSeconds)) {
                    resting++;
                    moving += Math.abs(look.opening - window.get(i - 1).opening) > MOVED ? 1 : 0;
                }
            }
        }
        return resting < MIN_RESTING ? Double.NaN : (double) moving / resting;
    }

    /** Whether a voice asks for no motion for a while before and after a moment. */
    static boolean rests(MouthTrack mouth, double seconds) {
        for (double t = -REST_SECONDS; t <= REST_SECONDS; t += REST_STEP) {
            if (mouth.at(seconds + t).opening() > REST) {
                return false;
            }
        }
        return true;
    }

    /** Correlation of what is seen with what was asked for {@code lag} seconds before, with each window about its own mean. */
    private double r(double lag) {
        Sums sums = asked(lag);
        double spread = Math.sqrt(sums.askedSquares * sums.seenSquares);
        return spread > 1e-12 ? sums.products / spread : 0;
    }

    private Sums asked(double lag) {
        Sums sums = new Sums();
        for (List<Look> window : windows) {
            double meanAsked = 0;
            double meanSeen = 0;
            for (Look look : window) {
                meanAsked += asked(look, lag) / window.size();
                meanSeen += look.opening / window.size();
            }
            for (Look look : window) {
                double asked = asked(look, lag) - meanAsked;
                double opening = look.opening - meanSeen;
                sums.askedSquares += asked * asked;
                sums.seenSquares += opening * opening;
                sums.products += asked * opening;
                sums.count++;
            }
        }
        return sums;
    }

    private Sums seen() {
        Sums sums = asked(0);
        sums.askedSquares = sums.seenSquares;
        return sums;
    }

    private double asked(Look look, double lag) {
        return mouth.at(look.voiceSeconds - lag).opening();
    }

    private static final class Sums {
        private double askedSquares;
        private double seenSquares;
        private double products;
        private int count;

        double variance() {
            return count == 0 ? 0 : askedSquares / count;
        }
    }
}
