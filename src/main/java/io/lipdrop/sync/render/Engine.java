package io.lipdrop.sync.render;

import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.onnx.Device;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.model.UsedModel;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** A way of drawing mouths, ready for one job, which has a device slot for itself; closed, it stays warm for the next. */
public interface Engine extends AutoCloseable {
    /** As manifests name it. */
    String name();

    Device device();

    /** What draws, in words. */
    default String words() {
        return "drawn by " + name();
    }

    /** The models that it uses besides those that find the face. */
    List<UsedModel> models() throws IOException;

    /** What is worth telling about the choice of this engine and how it does with such a video; may be empty. */
    List<String> warnings(VideoStream video);

    /** Whether it shows mouths that the person makes elsewhere in the video. */
    default boolean showsOwnMouths() {
        return false;
    }

    /** Two attempts with the same key draw the same. */
    String key();

    /** How many frames of a clip may be inside {@link Drawing} at a time. */
    int framesInside(VideoStream video);

    /**
     * Begins a clip.
     *
     * @param start what an earlier attempt finished
     * @param drawn receives the frames in the order in which they came, not necessarily at once or in the same thread, each
     *     with what became of its mouth
     */
    Drawing start(RenderPlan plan, Checkpoint start, Voice voice, JobControl control, Consumer<FrameInFlight> drawn)
            throws IOException;

    /** Leaves the device slot to the next job. */
    @Override
    void close();

    /** The drawing of one clip. */
    interface Drawing extends AutoCloseable {
        /** Takes the next frame. */
        void draw(FrameInFlight moment);

        /** No more frames will come: returns when all are drawn. */
        void end();

        @Override
        default void close() throws IOException {}
    }
}
