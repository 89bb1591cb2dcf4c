package dev.atelier.training.lora;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.loop.FlowMatching;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** One pass of a folder's network over noisy latents of encoded examples, and how far off its prediction is. */
public final class NoisyPass {
    private final FineTunableModel model;
    private final ExampleEncoder encoder;

    /**
     * What a batch is made noisy with.
     *
     * @param noise (B, C, h, w), standard normal
     * @param time (B), noise levels
     */
    public record Noise(Tensor noise, Tensor time) {}

    public NoisyPass(FineTunableModel model, ExampleEncoder encoder) {
        this.model = model;
        this.encoder = encoder;
    }

    /** Noise for {@code batch}, of the innermost scope; levels as the folder's schedule shifts them. */
    public Noise noise(List<EncodedExample> batch, SplittableRandom random) {
        EncodedExample.Shape shape = batch.getFirst().shape();
        torch.manual_seed(random.nextLong());
        long[] size = ExampleEncoder.targetSize(batch.getFirst().latents());
        size[0] = batch.size();
        Tensor noise = Tensors.to(torch.randn(size), model.device());
        Tensor time = Tensors.to(
                FlowMatching.times(
                        random,
                        batch.size(),
                        t -> model.shifted(t, shape.target().tokens())),
                model.device());
        return new Noise(noise, time);
    }

    /**
     * The squared error of the velocity.
     *
     * @param batch of one shape
     * @param prompts a file of an embedding each
     * @return (B), means over latents
     */
    public Tensor errors(List<EncodedExample> batch, List<Path> prompts, Noise with) {
        return Scopes.scoped(() -> {
            Tensor clean = clean(batch);
            Tensor predicted = predicted(batch, clean, prompts, with);
            Tensor error = model.predictsSample()
                    ? FlowMatching.sampleError(predicted, clean, with.time())
                    : FlowMatching.velocityError(predicted, clean, with.noise());
            return error.mul(error).flatten(1, -1).mean(1);
        });
    }

    /** The clean latents (B, C, h, w) that the network predicts; arguments as of {@link #errors}. */
    public Tensor samples(List<EncodedExample> batch, List<Path> prompts, Noise with) {
        return Scopes.scoped(() -> {
            Tensor clean = clean(batch);
            Tensor predicted = predicted(batch, clean, prompts, with);
            return model.predictsSample()
                    ? predicted
                    : FlowMatching.sample(FlowMatching.noisy(clean, with.noise(), with.time()), predicted, with.time());
        });
    }

    /** The latents (B, C, h, w) of the examples' pictures. */
    public Tensor clean(List<EncodedExample> batch) {
        return latents(batch, "target").to(torch.ScalarType.Float);
    }

    private Tensor predicted(List<EncodedExample> batch, Tensor clean, List<Path> prompts, Noise with) {
        List<Tensor> references = new ArrayList<>();
        for (int i = 0; i < batch.getFirst().shape().references().size(); i++) {
            references.add(latents(batch, "reference_" + i));
        }
        return model.predict(
                FlowMatching.noisy(clean, with.noise(), with.time()),
                encoder.batch(prompts, "embeds"),
                with.time(),
                references);
    }

    /** Where the tensors are. */
    public Device device() {
        return model.device();
    }

    private Tensor latents(List<EncodedExample> batch, String name) {
        return encoder.batch(batch.stream().map(EncodedExample::latents).toList(), name);
    }
}
