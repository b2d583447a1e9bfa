package io.lipdrop.benchmark;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.sync.voice.MouthTrack;
import io.lipdrop.sync.voice.VoiceToMouth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What the product's own network asks of the mouth for a voice: what was drawn is to be what was asked. */
final class Asked {
    private Asked() {}

    /** Openings and widths at {@link Mouth#COMMON_RATE}, widths as changes from rest. */
    static Mouth by(Path voice, Ffmpeg ffmpeg, Path raw) throws IOException {
        Path delivery = raw.resolveSibling(Workshop.stem(raw) + ".m4a");
        VoiceDecoder.Voice decoded =
                new VoiceDecoder(ffmpeg, () -> {}).decode(voice, new MediaProbe(ffmpeg).probe(voice), raw, delivery);
        try (OnnxModel model = OnnxModel.open(Workshop.MODELS.resolve("voice_to_mouth.onnx"), Device.CPU)) {
            MouthTrack track = new VoiceToMouth(model).hear(raw, () -> {});
            int frames = (int) Math.round((double) decoded.samples() / VoiceDecoder.SAMPLE_RATE * Mouth.COMMON_RATE);
            return new Mouth(
                    series(frames, seconds -> track.at(seconds).opening()),
                    series(frames, seconds -> track.at(seconds).width()),
                    Mouth.COMMON_RATE);
        }
    }

    private static double[] series(int frames, ToDoubleFunction<Double> at) {
        return IntStream.range(0, frames)
                .mapToDouble(i -> at.applyAsDouble(i / Mouth.COMMON_RATE))
                .toArray();
    }
}
