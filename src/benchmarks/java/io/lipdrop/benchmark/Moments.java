package io.lipdrop.benchmark;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.sound.VoiceDecoder;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.voice.MouthTrack;
import io.lipdrop.sync.voice.VoiceToMouth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The moments of a voice at which a look is worth most, by what the voice asks of the mouth. */
final class Moments {
    /** What the lips have to be apart before their rounding shows. */
    private static final float OPEN = 0.03f;

    private Moments() {}

    /**
     * One moment.
     *
     * @param name what the mouth does then, in letters that {@link SmallPrint} knows
     * @param frame the number of the frame
     */
    record Moment(String name, int frame, MouthShape wanted) {}

    static List<Moment> of(Ffmpeg ffmpeg, Path voice, Path raw, double framesPerSecond) throws IOException {
        Path delivery = raw.resolveSibling(Workshop.stem(raw) + ".m4a");
        double seconds = new VoiceDecoder(ffmpeg, () -> {})
                .decode(voice, new MediaProbe(ffmpeg).probe(voice), raw, delivery)
                .seconds();
        try (OnnxModel model = OnnxModel.open(Workshop.MODELS.resolve("voice_to_mouth.onnx"), Device.CPU)) {
            MouthTrack track = new VoiceToMouth(model).hear(raw, () -> {});
            List<Moment> frames = new ArrayList<>();
            for (int i = 0; i < (int) (seconds * framesPerSecond); i++) {
                frames.add(new Moment("", i, track.at(i / framesPerSecond)));
            }
            return choose(frames);
        }
    }

    static List<Moment> choose(List<Moment> frames) {
        double[] openings = frames.stream()
                .mapToDouble(moment -> moment.wanted.opening())
                .filter(opening -> opening > OPEN)
                .toArray();
        double usual = openings.length == 0 ? 0 : Signal.median(openings);
        List<Moment> open =
                frames.stream().filter(moment -> moment.wanted.opening() > OPEN).toList();
        List<Moment> spoken = open.isEmpty() ? frames : open;
        return List.of(
                most("silence", frames, moment -> -moment.opening() - moment.press() - moment.tuck()),
                most("wide open", frames, MouthShape::opening),
                most("mid", frames, shape -> -Math.abs(shape.opening() - usual) - Math.abs(shape.width())),
                most("rounded", spoken, shape -> -shape.width()),
                most("spread", spoken, MouthShape::width),
                most("pressed", frames, MouthShape::press),
                most("tucked", frames, MouthShape::tuck),
                most("teeth", spoken, MouthShape::teeth));
    }

    private static Moment most(String name, List<Moment> frames, ToDoubleFunction<MouthShape> measure) {
        Moment found = frames.stream()
                .max(Comparator.comparingDouble(moment -> measure.applyAsDouble(moment.wanted)))
                .orElseThrow();
        return new Moment(name, found.frame, found.wanted);
    }
}
