package io.lipdrop.sync.neural;

import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import java.nio.file.Path;

/** A graphics card as far as the network that runs on it knows; it is the processor that computes. */
public final class FailingCard {
    public static final Device CARD = new Device("cuda:0", "asked for", 0);

    private FailingCard() {}

    /** As {@link NeuralModel#open} does it. */
    public static NeuralModel open(Path file, Network network, Device device, int threads) {
        return new NeuralModel(OnnxModel.open(file, Device.CPU, threads), network, device);
    }

    /** As when a run on the card does not end. */
    public static void fail(NeuralModel model) {
        model.giveUpCard();
    }
}
