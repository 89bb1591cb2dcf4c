package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/** A trained probe: reads the attributes of pictures of any size. Safe to call from any thread. */
final class AttributeProbe implements AutoCloseable {
    private static final int BATCH = 32;

    private final DeviceThread thread;
    private final Weights weights;
    private final WideningBuffer buffer;
    private final ProbeNetwork network;

    private AttributeProbe(DeviceThread thread, Weights weights, WideningBuffer buffer, ProbeNetwork network) {
        this.thread = thread;
        this.weights = weights;
        this.buffer = buffer;
        this.network = network;
    }

    /** @param folder where {@code probe.safetensors} is */
    static AttributeProbe open(DeviceThread thread, Path folder) {
        return thread.call(() -> {
            Weights weights = Weights.open(folder, "probe", Device.CPU);
            WideningBuffer buffer = new WideningBuffer();
            ProbeNetwork network = new ProbeNetwork(new LoadedLayers(weights, LinearFactory.full(buffer)));
            weights.requireAllUsed();
            return new AttributeProbe(thread, weights, buffer, network);
        });
    }

    List<Reading> read(List<Picture> pictures) {
        List<Reading> out = new ArrayList<>();
        for (int at = 0; at < pictures.size(); at += BATCH) {
            List<Picture> batch = pictures.subList(at, Math.min(pictures.size(), at + BATCH)).stream()
                    .map(picture -> PictureResizer.resize(picture, ProbeNetwork.SIDE, ProbeNetwork.SIDE))
                    .toList();
            out.addAll(thread.call(() -> Scopes.plain(() -> forward(batch))));
        }
        return out;
    }

    Reading read(Picture picture) {
        return read(List.of(picture)).getFirst();
    }

    private List<Reading> forward(List<Picture> batch) {
        Tensor images =
                Tensors.cat(0, batch.stream().map(PictureTensors::toTensor).toList());
        ProbeNetwork.Output output = network.forward(images);
        List<Tensor> best = output.logits().stream()
                .map(logits -> logits.argmax(new LongOptional(-1), false))
                .toList();
        long[] labels = Tensors.toLongs(Tensors.cat(1, best));
        float[] features = Tensors.toFloats(output.features());
        float[] gathered = Tensors.toFloats(output.gathered());
        List<Reading> out = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            out.add(new Reading(
                    Arrays.stream(part(labels, i, batch.size()))
                            .mapToInt(Math::toIntExact)
                            .toArray(),
                    part(features, i, batch.size()),
                    part(gathered, i, batch.size())));
        }
        return out;
    }

    private static long[] part(long[] all, int index, int parts) {
        int length = all.length / parts;
        return Arrays.copyOfRange(all, index * length, (index + 1) * length);
    }

    private static float[] part(float[] all, int index, int parts) {
        int length = all.length / parts;
        return Arrays.copyOfRange(all, index * length, (index + 1) * length);
    }

    @Override
    public void close() {
        thread.call(() -> {
            network.close();
            buffer.close();
            weights.close();
            return null;
        });
    }
}
