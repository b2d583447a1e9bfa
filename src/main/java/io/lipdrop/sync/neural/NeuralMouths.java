package io.lipdrop.sync.neural;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.voice.MelSpectrogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Draws the mouths of one clip with a network, in three steps that may each have a thread of its own: {@link #add} frames to a
 * group, {@link FaceGroup#infer}, {@link #draw}. Groups keep their order in each step.
 */
public final class NeuralMouths implements AutoCloseable {
    /** From here on the head is turned too far, radians; the effect fades and is gone at the second. */
    private static final float TURNED = 0.9f;

    private static final float TURNED_AWAY = 1.25f;

    private final NeuralModel model;
    private final MelSpectrogram voice;
    private final Framing framing;
    private final Blend blend;
    private final Colours colours;
    private final float[] sound = new float[MelSpectrogram.BANDS * MelSpectrogram.WINDOW];
    private final Patch after;

    /**
     * Draws one clip.
     *
     * @param model the network, which the caller keeps open meanwhile
     * @param voice the whole voice of the clip
     * @param colours how the frames' colours become the network's
     */
    public NeuralMouths(NeuralModel model, MelSpectrogram voice, Colours colours) {
        this.model = model;
        this.voice = voice;
        this.colours = colours;
        this.framing = new Framing(model.network().family());
        this.blend = new Blend(model.network().side());
        this.after = new Patch(model.network().side());
    }

    /** Frames that go through the network together. */
    public final class FaceGroup {
        private final NetworkBatch faces;
        private final List<Cutter> cutters = new ArrayList<>();
        private final List<Patch> before = new ArrayList<>();
        private final List<PendingFace> pending = new ArrayList<>();

        FaceGroup(int items) {
            faces = new NetworkBatch(model, items, colours);
            for (int i = 0; i < items; i++) {
                Patch patch = new Patch(model.network().side());
                before.add(patch);
                cutters.add(new Cutter(patch));
            }
        }

        /** Runs the network on what was added. */
        public void infer() {
            faces.run(pending.size());
        }
    }

    private record PendingFace(Frame frame, Face face, Window window, float strength) {}

    /** An empty group. */
    public FaceGroup group(int items) {
        return new FaceGroup(items);
    }

    /**
     * Adds the clip's next frame with a face.
     *
     * @param seconds the moment of the voice that it shows
     * @param strength 0 leaves the frame as it is, 1 replaces the mouth completely
     * @return whether there is something to draw: not where the strength is 0 or the head is turned away
     */
    public boolean add(FaceGroup group, Frame frame, Face face, double seconds, float strength) throws IOException {
        Window window = framing.around(face);
        float effect = Math.min(1, strength) * face.facing(TURNED, TURNED_AWAY);
        if (!(effect > 0)) {
            return false;
        }
        int item = group.pending.size();
        group.cutters.get(item).cut(frame, window);
        voice.window(seconds, sound);
        group.faces.put(item, group.before.get(item), sound);
        group.pending.add(new PendingFace(frame, face, window, effect));
        return true;
    }

    /**
     * Draws the mouths of a group into its frames, and empties it.
     *
     * @return the frames that stay as they are, since what the network gave for them is not a picture
     */
    public Set<Frame> draw(FaceGroup group) {
        Set<Frame> withoutPicture = new HashSet<>();
        for (int item = 0; item < group.pending.size(); item++) {
            PendingFace next = group.pending.get(item);
            if (group.faces.get(item, after)) {
                Patch before = group.before.get(item);
                blend.draw(next.frame, next.face, next.window, before, after, next.strength);
            } else {
                withoutPicture.add(next.frame);
            }
        }
        group.pending.clear();
        return withoutPicture;
    }

    /** Called when the network's run does not end: a GPU is not used for this network again. */
    public void giveUpCard() {
        model.giveUpCard();
    }

    @Override
    public void close() throws IOException {
        voice.close();
    }
}
