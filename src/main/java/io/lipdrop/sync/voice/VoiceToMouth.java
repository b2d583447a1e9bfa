package io.lipdrop.sync.voice;

import io.lipdrop.onnx.OnnxModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Hears a voice and says what the mouth does, a hundred times a second. The network sees the voice in pieces that overlap
 * by more than it can hear, so that the pieces do not show.
 */
public final class VoiceToMouth {
    private static final int SAMPLES_PER_SHAPE = VoiceSamples.PER_SECOND / MouthTrack.SHAPES_PER_SECOND;

    /** What the network may hear before and after a moment (models/voice_to_mouth.md), with some to spare. */
    private static final int CONTEXT_SHAPES = 150;

    private static final int PIECE_SHAPES = 2000;

    private final OnnxModel model;

    /**
     * A way from voice to mouth.
     *
     * @param model {@code audio [1, samples]} to {@code mouth [1, samples / 160, 5]}
     */
    public VoiceToMouth(OnnxModel model) {
        this.model = model;
    }

    /**
     * Hears a whole voice.
     *
     * @param voice raw signed 16-bit little-endian mono at 16 kHz
     * @param beat called after every piece
     */
    public MouthTrack hear(Path voice, Runnable beat) throws IOException {
        try (VoiceSamples samples = new VoiceSamples(voice)) {
            float gain = Loudness.gain(samples);
            int shapes = Math.toIntExact((samples.count() + SAMPLES_PER_SHAPE - 1) / SAMPLES_PER_SHAPE);
            float[] track = new float[Math.max(1, shapes) * MouthTrack.VALUES];
            int heard = Math.min(PIECE_SHAPES, shapes) + 2 * CONTEXT_SHAPES;
            float[] piece = new float[heard * SAMPLES_PER_SHAPE];
            FloatBuffer input = OnnxModel.buffer(piece.length);
            for (int first = 0; first < shapes; first += PIECE_SHAPES) {
                int wanted = Math.min(PIECE_SHAPES, shapes - first);
                samples.read((long) (first - CONTEXT_SHAPES) * SAMPLES_PER_SHAPE, piece);
                float[] mouth = hear(piece, gain, input);
                System.arraycopy(
                        mouth,
                        CONTEXT_SHAPES * MouthTrack.VALUES,
                        track,
                        first * MouthTrack.VALUES,
                        wanted * MouthTrack.VALUES);
                beat.run();
            }
            return new MouthTrack(track);
        }
    }

    private float[] hear(float[] piece, float gain, FloatBuffer input) {
        input.clear();
        for (float sample : piece) {
            input.put(sample * gain);
        }
        return Objects.requireNonNull(
                model.run("audio", input.flip(), 1, piece.length).get("mouth"));
    }
}
