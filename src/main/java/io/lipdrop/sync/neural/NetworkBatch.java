package io.lipdrop.sync.neural;

import io.lipdrop.onnx.TensorBatch;
import java.nio.FloatBuffer;
import java.util.Objects;

/** Faces and sound for one run of a network, in reused memory. */
final class NetworkBatch {
    private static final int MEL_VALUES = 80 * 16;
    /** Half of the way from no effect to the strongest, as EdTalk's users have it. */
    private static final float EDTALK_WEIGHT = 0.5f;

    private final NeuralModel model;
    private final Network network;
    private final Colours colours;
    private final TensorBatch batch;
    private final FloatBuffer mel;
    private final FloatBuffer faces;
    private final FloatBuffer output;
    private final float[] rgb = new float[3];

    NetworkBatch(NeuralModel model, int items, Colours colours) {
        this.model = model;
        this.network = model.network();
        this.colours = colours;
        this.batch = model.batch(items);
        this.mel = batch.input(network.mel());
        this.faces = batch.input(network.face());
        this.output = batch.output(network.output());
        if (network.weight() != null) {
            FloatBuffer weight = batch.input(Objects.requireNonNull(network.weight()));
            for (int i = 0; i < weight.capacity(); i++) {
                weight.put(i, EDTALK_WEIGHT);
            }
        }
    }

    /**
     * Puts one face and its sound in. The patch becomes what the network sees: colours that no screen shows are clipped.
     *
     * @param sound 80 bands × 16 columns
     */
    void put(int item, Patch face, float[] sound) {
        mel.put(item * MEL_VALUES, sound);
        int pixels = network.side() * network.side();
        boolean isMasked = network.family() == Family.WAV2LIP;
        int first = item * (isMasked ? 6 : 3) * pixels;
        for (int i = 0; i < pixels; i++) {
            colours.toRgb(face.planes()[0][i], face.planes()[1][i], face.planes()[2][i], rgb);
            colours.toPatch(rgb[0], rgb[1], rgb[2], face, i);
            boolean isUpperHalf = i < pixels / 2;
            for (int channel = 0; channel < 3; channel++) {
                float value = rgb[colourOf(channel)];
                int at = first + channel * pixels + i;
                if (isMasked) {
                    faces.put(at, isUpperHalf ? value : 0);
                    faces.put(at + 3 * pixels, value);
                } else {
                    faces.put(at, value);
                }
            }
        }
    }

    /** Runs the network on the first items. */
    void run(int count) {
        model.run(batch::run, count);
    }

    /** The face that came out; false where not all of it are finite numbers. */
    boolean get(int item, Patch face) {
        boolean isFinite = true;
        int pixels = network.side() * network.side();
        int first = item * 3 * pixels;
        for (int i = 0; i < pixels; i++) {
            for (int channel = 0; channel < 3; channel++) {
                float value = output.get(first + channel * pixels + i);
                isFinite &= Float.isFinite(value);
                rgb[colourOf(channel)] = value;
            }
            colours.toPatch(rgb[0], rgb[1], rgb[2], face, i);
        }
        return isFinite;
    }

    /** Wav2Lip was trained on images read by OpenCV, blue first. */
    private int colourOf(int channel) {
        return network.family() == Family.WAV2LIP ? 2 - channel : channel;
    }
}
