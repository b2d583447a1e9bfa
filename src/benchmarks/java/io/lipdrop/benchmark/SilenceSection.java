package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the mouth rests when nobody speaks. */
final class SilenceSection implements Section {
    private static final double MOST_MOVING = 0.01;
    private static final int SECONDS = 5;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        Path silence = workshop.silence(SECONDS);
        List<Path> clips = new ArrayList<>(List.of(Workshop.PORTRAIT));
        clips.addAll(workshop.settings().files());
        try (Application application = workshop.start("silence");
                Faces faces = workshop.faces()) {
            for (Path clip : clips) {
                Mouth mouth = faces.mouthOf(application.render(Workshop.stem(clip), silence, clip));
                double moving = Signal.moving(mouth.opening());
                table.row(
                        number("%d s of silence, %s: moving", SECONDS, Workshop.stem(clip)),
                        number("%.3f", moving),
                        "<= 0.01",
                        moving <= MOST_MOVING);
                table.row(
                        "mean opening then / in the source",
                        number(
                                "%.4f / %.4f",
                                Signal.mean(mouth.opening()),
                                Signal.mean(faces.mouthOf(clip).opening())));
            }
        }
    }
}
