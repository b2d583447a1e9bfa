package io.lipdrop.sync.engine;

import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.onnx.Device;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.model.ModelFile;
import io.lipdrop.sync.model.UsedModel;
import io.lipdrop.sync.model.WarmModel;
import io.lipdrop.sync.neural.Colours;
import io.lipdrop.sync.neural.NeuralModel;
import io.lipdrop.sync.neural.NeuralMouths;
import io.lipdrop.sync.render.Checkpoint;
import io.lipdrop.sync.render.Engine;
import io.lipdrop.sync.render.FrameInFlight;
import io.lipdrop.sync.render.RenderPlan;
import io.lipdrop.sync.render.Voice;
import io.lipdrop.sync.voice.MelSpectrogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine that draws with a network from {@code models/}. */
final class NeuralEngine implements Engine {
    private static final Logger log = LoggerFactory.getLogger(NeuralEngine.class);
    /** Larger batches are no faster on a CPU, but on a GPU they are. For larger faces they are smaller. */
    private static final int FACES_ON_CPU = 4;

    private static final int FACES_ON_CARD = 16;
    /** The side of a face, in pixels, from which on fewer are enough. */
    private static final int LARGE = 192;
    /** What a pixel of a face takes in its way through the network: six channels in, three out, and three of the patch. */
    private static final int BYTES_PER_PIXEL = (6 + 3 + 3) * Float.BYTES;

    private final DeviceSlot slot;
    private final WarmModel.Loaded loaded;
    private final int batch;
    private final List<String> passedOver;

    NeuralEngine(DeviceSlot slot, WarmModel.Loaded loaded, int batch, List<String> passedOver) {
        this.slot = slot;
        this.loaded = loaded;
        this.batch = batch;
        this.passedOver = List.copyOf(passedOver);
    }

    @Override
    public String name() {
        return loaded.model().network().family().label();
    }

    /** What it draws with, open as long as it is used. */
    NeuralModel model() {
        return loaded.model();
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
    public List<UsedModel> models() {
        ModelFile file = loaded.file();
        NeuralModel model = loaded.model();
        return List.of(new UsedModel(
                file.name(),
                loaded.sha256(),
                model.network().family().licence(),
                name(),
                file.bytes(),
                model.device().name()));
    }

    @Override
    public List<String> warnings(VideoStream video) {
        int perRun = loaded.model().facesPerRun();
        int faces = facesAtATime(video);
        List<String> warnings = new ArrayList<>(passedOver);
        if (faces % perRun != 0) {
            warnings.add(
                    "%s has a fixed batch of %d faces, but memory is enough for only %d frames of this size: it is slow."
                            .formatted(loaded.file().name(), perRun, faces));
        }
        return warnings;
    }

    @Override
    public String key() {
        return loaded.sha256();
    }

    @Override
    public int framesInside(VideoStream video) {
        return NeuralDrawing.GROUPS * facesAtATime(video);
    }

    /**
     * What the setting says, else what suits the device, in whole runs of the network; but what waits for it at all workers takes
     * at most a quarter of the heap.
     */
    private int facesAtATime(VideoStream video) {
        int perRun = loaded.model().facesPerRun();
        int side = loaded.model().network().side();
        int wanted = batch > 0 ? batch : suiting(device(), side);
        long frameBytes = (long) video.frameWidth() * video.frameHeight() * 3 / 2;
        long faceBytes = (long) side * side * BYTES_PER_PIXEL;
        long room =
                Runtime.getRuntime().maxMemory() / 4 / slot.count() / (NeuralDrawing.GROUPS * (frameBytes + faceBytes));
        if (room < perRun) {
            return (int) Math.max(1, room);
        }
        long runs = Math.min((wanted + perRun - 1) / perRun, room / perRun);
        return (int) runs * perRun;
    }

    /** How many faces of this side suit a device. */
    static int suiting(Device device, int side) {
        int most = device.isCpu() ? FACES_ON_CPU : FACES_ON_CARD;
        return Math.max(1, Math.min(most, most * LARGE * LARGE / (side * side)));
    }

    @Override
    public Drawing start(
            RenderPlan plan, Checkpoint start, Voice voice, JobControl control, Consumer<FrameInFlight> drawn)
            throws IOException {
        log.info("{}: {}, batch of {} faces", plan.job().id(), words(), facesAtATime(plan.video()));
        Colours colours = Colours.of(plan.video().colour().matrix());
        NeuralMouths mouths = new NeuralMouths(loaded.model(), new MelSpectrogram(voice.samples()), colours);
        return new NeuralDrawing(mouths, facesAtATime(plan.video()), control, drawn);
    }

    @Override
    public void close() {
        try {
            slot.warm().release();
        } finally {
            slot.leave();
        }
    }
}
