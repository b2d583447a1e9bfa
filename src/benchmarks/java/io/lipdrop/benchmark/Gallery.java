package io.lipdrop.benchmark;

import io.lipdrop.benchmark.Moments.Moment;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.video.LoopedVideo;
import io.lipdrop.media.video.LoopedVideo.Fill;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceTracker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Draws a contact sheet for each face, before and after, at moments chosen by the voice; {@code benchmarks/gallery.sh}. */
final class Gallery {
    private static final Path SHEETS = Path.of("target/gallery");

    private final Workshop workshop;
    private final MediaProbe probe;

    private Gallery(Workshop workshop) {
        this.workshop = workshop;
        this.probe = new MediaProbe(workshop.ffmpeg());
    }

    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.of(arguments);
        List<Path> sources = settings.files().isEmpty() ? List.of(Workshop.PORTRAIT) : settings.files();
        Gallery gallery = new Gallery(new Workshop(settings, SHEETS.resolve("work")));
        try (Application application = gallery.workshop.start("home");
                Faces faces = gallery.workshop.faces()) {
            for (Path source : sources) {
                String name = Workshop.stem(source);
                Path result = application.render(name, Workshop.VOICE, source);
                Path sheet = SHEETS.resolve(name + ".png");
                ImageIO.write(
                        gallery.sheet(source, result, faces),
                        "png",
                        Files.createFile(fresh(sheet)).toFile());
                System.out.println(sheet);
            }
        }
    }

    private static Path fresh(Path file) throws IOException {
        Files.deleteIfExists(file);
        return file;
    }

    private BufferedImage sheet(Path source, Path result, Faces faces) throws IOException {
        MediaInfo before = probe.probe(source);
        MediaInfo after = probe.probe(result);
        double rate = after.video().orElseThrow().rate().value();
        List<Moment> moments = Moments.of(workshop.ffmpeg(), Workshop.VOICE, workshop.file("voice.raw"), rate);
        Map<Integer, List<Moment>> wanted = moments.stream().collect(Collectors.groupingBy(Moment::frame));
        ContactSheet sheet = new ContactSheet(moments.size());
        Function<Moment, String> label = moment -> Table.number("%s %.2f s", moment.name(), moment.frame() / rate);
        FaceTracker tracker = faces.tracker();
        Frame a = before.video().orElseThrow().newFrame();
        Frame b = after.video().orElseThrow().newFrame();
        try (LoopedVideo sources =
                        LoopedVideo.open(workshop.ffmpeg(), source, before, fillOf(before), Long.MAX_VALUE, 0, 0);
                VideoReader results = VideoReader.open(workshop.ffmpeg(), result, after, 0)) {
            for (int i = 0; results.next(b) != null && sources.next(a) != null; i++) {
                Face face = tracker.follow(a);
                for (Moment moment : wanted.getOrDefault(i, List.of())) {
                    sheet.draw(moments.indexOf(moment), label.apply(moment), a, b, face);
                }
            }
        }
        return sheet.image();
    }

    private static Fill fillOf(MediaInfo info) {
        return info.video().orElseThrow().isStill() ? Fill.HOLD : Fill.PINGPONG;
    }
}
