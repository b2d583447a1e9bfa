package io.lipdrop.sync.engine;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.control.Handover;
import io.lipdrop.sync.control.JobControl;
import io.lipdrop.sync.control.PipelineThread;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.neural.NeuralMouths;
import io.lipdrop.sync.render.Engine;
import io.lipdrop.sync.render.FrameInFlight;
import io.lipdrop.sync.render.MouthResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One clip through a network, in groups of frames and three steps that run at the same time: this thread cuts out the faces, one
 * runs the network, one draws. There are three groups; they go round.
 */
final class NeuralDrawing implements Engine.Drawing {
    static final int GROUPS = 3;

    private final NeuralMouths mouths;
    private final int size;
    private final JobControl control;
    private final Consumer<FrameInFlight> drawn;
    private final Handover<Group> free;
    private final Handover<Group> cut;
    private final Handover<Group> inferred;
    private final PipelineThread inferrer;
    private final PipelineThread drawer;
    private @Nullable Group current;

    NeuralDrawing(NeuralMouths mouths, int size, JobControl control, Consumer<FrameInFlight> drawn) {
        this.mouths = mouths;
        this.size = size;
        this.control = control;
        this.drawn = drawn;
        this.free = new Handover<>(GROUPS, control);
        this.cut = new Handover<>(1, control);
        this.inferred = new Handover<>(1, control);
        for (int i = 0; i < GROUPS; i++) {
            free.put(new Group(mouths.group(size), new ArrayList<>()));
        }
        this.inferrer = new PipelineThread("lipdrop-infer", control, this::infer);
        this.drawer = new PipelineThread("lipdrop-draw", control, this::draw);
    }

    /** Frames that go together, those without a face among them. */
    private record Group(NeuralMouths.FaceGroup faces, List<FrameInFlight> moments) {}

    @Override
    public void draw(FrameInFlight moment) {
        Group group = current == null ? free.take().orElseThrow() : current;
        group.moments.add(add(moment, group) ? moment.with(MouthResult.DRAWN) : moment);
        if (group.moments.size() == size) {
            cut.put(group);
            current = null;
        } else {
            current = group;
        }
    }

    private boolean add(FrameInFlight moment, Group group) {
        Face face = moment.face();
        if (face == null || !(moment.strength() > 0)) {
            return false;
        }
        try {
            float strength = moment.counts() ? moment.strength() : 0;
            return mouths.add(group.faces, moment.frame(), face, moment.voiceSeconds(), strength);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void end() {
        if (current != null) {
            cut.put(current);
            current = null;
        }
        cut.end();
        inferrer.join(control);
        drawer.join(control);
        control.check();
    }

    private void infer() {
        for (Optional<Group> next = cut.take(); next.isPresent(); next = cut.take()) {
            next.get().faces.infer();
            control.beat();
            inferred.put(next.get());
        }
        inferred.end();
    }

    private void draw() {
        for (Optional<Group> next = inferred.take(); next.isPresent(); next = inferred.take()) {
            Group group = next.get();
            Set<Frame> withoutPicture = mouths.draw(group.faces);
            for (FrameInFlight moment : group.moments) {
                drawn.accept(withoutPicture.contains(moment.frame()) ? moment.with(MouthResult.NO_PICTURE) : moment);
            }
            group.moments.clear();
            free.put(group);
        }
    }

    /** A run that stalls on a GPU, and does not end when the job is cut, is a failure of the GPU. */
    @Override
    public void close() throws IOException {
        if (control.isCut()) {
            inferrer.join(control);
            if (inferrer.isAlive() && control.isStalled()) {
                mouths.giveUpCard();
            }
        }
        mouths.close();
    }
}
