package io.lipdrop.sync;

import io.lipdrop.media.VideoStream;
import io.lipdrop.onnx.Device;
import io.lipdrop.sync.neural.Colours;
import io.lipdrop.sync.neural.NeuralModel;
import io.lipdrop.sync.neural.NeuralMouths;
import io.lipdrop.sync.voice.MelSpectrogram;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine that draws with a network from {@code models/}. */
final class NeuralEngine implements Engine {
    private static final Logger log = LoggerFactory.getLogger(NeuralEngine.class);
    /** More at a time are no faster on a processor; a graphics card wants some. */
    private static final int FACES_ON_CPU = 4;

    private static final int FACES_ON_CARD = 16;

    private final Workplace place;
    private final WarmModel.Loaded loaded;
    private final int batch;

    NeuralEngine(Workplace place, WarmModel.Loaded loaded, int batch) {
        this.place = place;
        this.loaded = loaded;
        this.batch = batch;
    }

    @Override
    public String name() {
        return loaded.model().network().family().label();
    }

    @Override
    public Device device() {
        return loaded.model().device();
    }

    @Override
    public String words() {
        return "drawn by models/%s (%s) on %s".formatted(loaded.file().name(), name(), device().name());
    }

    @Override
    public List<Sidecar.Model> models() {
        ModelFile file = loaded.file();
        NeuralModel model = loaded.model();
        return List.of(new Sidecar.Model(
                file.name(),
                loaded.sha256(),
                model.network().family().licence(),
                name(),
                file.bytes(),
                model.device().name()));
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public String key() {
        return loaded.sha256();
    }

    @Override
    public int framesInside(VideoStream video) {
        return NeuralDrawing.GROUPS * facesAtATime(video);
    }

    /** What the setting says, else what suits the device; but the frames of all workers that wait take no more than a quarter of the heap. */
    private int facesAtATime(VideoStream video) {
        int wanted = batch > 0 ? batch : device().isCpu() ? FACES_ON_CPU : FACES_ON_CARD;
        long frameBytes = (long) video.frameWidth() * video.frameHeight() * 3 / 2;
        long room = Runtime.getRuntime().maxMemory() / 4 / place.count() / (NeuralDrawing.GROUPS * frameBytes);
        return (int) Math.max(1, Math.min(wanted, room));
    }

    @Override
    public Drawing start(RenderPlan plan, BatchVoice.Voice voice, Lifeline lifeline, Consumer<Moment> drawn)
            throws IOException {
        log.info("{}: {}, {} faces at a time", plan.job().id(), words(), facesAtATime(plan.video()));
        Colours colours = Colours.of(plan.video().colour().matrix());
        NeuralMouths mouths = new NeuralMouths(loaded.model(), new MelSpectrogram(voice.samples()), colours);
        return new NeuralDrawing(mouths, facesAtATime(plan.video()), lifeline, drawn);
    }

    @Override
    public void close() {
        place.warm().release();
        place.leave();
    }
}
