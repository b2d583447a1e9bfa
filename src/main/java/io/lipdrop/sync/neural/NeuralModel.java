package io.lipdrop.sync.neural;

import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxException;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.onnx.TensorBatch;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lip-sync network that is open, warm from job to job, and knows how many faces at a time its device has memory for. */
public final class NeuralModel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NeuralModel.class);

    private final OnnxModel model;
    private final Network network;
    private final Device device;
    private final int ownBatch;
    private volatile int most = Integer.MAX_VALUE;
    private volatile @Nullable String cardFailure;

    NeuralModel(OnnxModel model, Network network, Device device) {
        this.model = model;
        this.network = network;
        this.device = device;
        this.ownBatch = model.ports().ownBatch();
    }

    /**
     * Opens a network and tries it on a face: many errors, such as missing libraries of a GPU, show only in
     * a run. If a GPU fails, the network runs on the CPU.
     *
     * @param threads threads that it may use on the CPU
     * @throws OnnxException if it cannot be opened or run
     */
    public static NeuralModel open(Path file, Network network, Device device, int threads) {
        OnnxModel model = OnnxModel.open(file, device, threads);
        NeuralModel opened = new NeuralModel(model, network, model.device());
        try {
            TensorBatch one = opened.batch(1);
            opened.run(one::run, 1);
            return opened;
        } catch (OnnxException e) {
            opened.close();
            if (e.kind() != OnnxException.Kind.DEVICE_FAILED) {
                throw e;
            }
            return open(file, network, Device.cpu(String.valueOf(e.getMessage())), threads);
        }
    }

    /** What kind of network it is, with the sizes of its inputs. */
    public Network network() {
        return network;
    }

    /** Where it really runs. */
    public Device device() {
        return device;
    }

    /** How many faces each run computes, however many are wanted; 1 where it computes as many as there are. */
    public int facesPerRun() {
        return Math.max(1, ownBatch);
    }

    /**
     * A batch for a number of faces.
     *
     * @throws OnnxException {@code OUT_OF_MEMORY} if there is none
     */
    TensorBatch batch(int items) {
        try {
            return new TensorBatch(model, items, network.itemShapes());
        } catch (OutOfMemoryError e) {
            throw OnnxException.ofMemory(items, e);
        }
    }

    /**
     * Runs the first items of a batch: as many at a time as there is memory for. Where there is too little, the number is
     * halved, and stays so.
     *
     * @throws OnnxException {@code OUT_OF_MEMORY} if there is not even enough for one
     */
    void run(Runs batch, int count) {
        int done = 0;
        while (done < count) {
            int now = Math.min(most, count - done);
            try {
                batch.run(done, now);
                done += now;
            } catch (OnnxException e) {
                if (e.kind() != OnnxException.Kind.OUT_OF_MEMORY) {
                    throw failed(e);
                }
                if (now == 1 || ownBatch > 0) {
                    throw e;
                }
                most = now / 2;
                log.warn("Not enough memory on {} for a batch of {} faces: {} from now on", device.name(), now, most);
            }
        }
    }

    private OnnxException failed(OnnxException e) {
        if (device.isCpu()) {
            return e;
        }
        OnnxException failure = OnnxException.ofDevice(device, e);
        cardFailure = failure.getMessage();
        return failure;
    }

    void giveUpCard() {
        if (!device.isCpu()) {
            cardFailure = device.name() + " failed: a run did not finish";
        }
    }

    /** The error of the GPU in a run, if there was one: the network must not use it again. */
    public Optional<String> cardFailure() {
        return Optional.ofNullable(cardFailure);
    }

    /** Something that runs some of its items: {@link TensorBatch#run}. */
    interface Runs {
        void run(int first, int count);
    }

    @Override
    public void close() {
        model.close();
    }
}
