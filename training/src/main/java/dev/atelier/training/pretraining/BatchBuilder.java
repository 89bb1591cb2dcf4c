package dev.atelier.training.pretraining;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.loop.FlowMatching;
import dev.atelier.training.loop.Seeds;
import dev.atelier.training.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes flow-matching batches of examples: latents, noise of a level drawn for each, tokens of the prompts. All randomness follows
 * from the recipe's seed and the step.
 */
final class BatchBuilder {
    /** In an edit, tokens that change count so much more than those that stay; so do letters beside what carries them. */
    private static final double CHANGED_WEIGHT = 3;

    /**
     * Share of examples at pure noise, where generation starts and logit-normal levels hardly reach: without them a model takes the mean
     * of the noise for the picture's brightness. Source: Lin et al. 2024 ("Common diffusion noise schedules are flawed"), section 3.
     */
    private static final double PURE_NOISE_SHARE = 0.04;

    private static final double CHANGED_THRESHOLD = 1e-3;

    private final Recipe recipe;
    private final FrozenAutoencoder autoencoder;
    private final StudentModel model;
    private final Device device;

    /** @param model whose vocabulary the prompts are put into */
    BatchBuilder(Recipe recipe, FrozenAutoencoder autoencoder, StudentModel model, Device device) {
        this.recipe = recipe;
        this.autoencoder = autoencoder;
        this.model = model;
        this.device = device;
    }

    /** The random numbers of a step, after those that its noise took. */
    SplittableRandom random(long step) {
        return Seeds.DISTILLATION.random(recipe.seed(), step);
    }

    /** The batch of {@code plan}. @param feeder keeps what is encoded here */
    FlowMatchingBatch of(BatchPlan plan, List<Feeder.Prepared> prepared, Feeder feeder) {
        List<Feeder.Encoded> examples = encode(prepared, feeder);
        int channels = recipe.autoencoder().channels();
        int side = plan.size() / recipe.autoencoder().patchSize();
        List<Tensor> references = new ArrayList<>();
        for (int r = 0; r < plan.references(); r++) {
            references.add(tokens(examples, r, side * side, channels));
        }
        Tensor clean = tokens(examples, plan.references(), side * side, channels);
        List<String> prompts = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            long seed = plan.promptSeeds()[i];
            prompts.add(seed < 0 ? "" : examples.get(i).prompts().apply(seed));
        }
        SplittableRandom random = Seeds.NOISE.random(recipe.seed(), plan.step());
        torch.manual_seed(random.nextLong());
        Tensor noise = Tensors.to(torch.randn(clean.shape()), device);
        Tensor time = Tensors.to(times(random, examples.size()), device);
        Tensor noisy = FlowMatching.noisy(clean, noise, time);
        Tensor weight = Tensors.to(weight(plan.task(), clean, references), device);
        return new FlowMatchingBatch(clean, noisy, time, weight, references, model.tokenize(prompts), side);
    }

    private Tensor times(SplittableRandom random, int count) {
        double shift = recipe.optimization().timeShift();
        return FlowMatching.times(
                random, count, t -> random.nextDouble() < PURE_NOISE_SHARE ? 1 : shift * t / (1 + (shift - 1) * t));
    }

    private Tensor weight(Task task, Tensor clean, List<Tensor> references) {
        if (task != Task.EDIT && task != Task.GLYPH) {
            return Tensors.ones(DType.F32, clean.size(0), clean.size(1), 1);
        }
        Tensor reference = references.getFirst();
        // Letters stand on white, which the first token is.
        Tensor difference = task == Task.EDIT ? clean.sub(reference) : reference.sub(reference.narrow(1, 0, 1));
        Tensor changed = Tensors.to(
                difference
                        .mul(difference)
                        .mean(new long[] {2}, true, new ScalarTypeOptional())
                        .gt(new Scalar(CHANGED_THRESHOLD)),
                DType.F32);
        Tensor weight = changed.mul(new Scalar(CHANGED_WEIGHT - 1)).add_(new Scalar(1.0));
        return weight.div(weight.mean());
    }

    /** (B, N, C) of the {@code index}-th picture of each example. */
    private Tensor tokens(List<Feeder.Encoded> examples, int index, int tokens, int channels) {
        float[] out = new float[examples.size() * tokens * channels];
        int at = 0;
        for (Feeder.Encoded example : examples) {
            for (short half : example.latents().get(index)) {
                out[at++] = Float.float16ToFloat(half);
            }
        }
        return Tensors.to(Tensors.of(out, examples.size(), tokens, channels), device);
    }

    private List<Feeder.Encoded> encode(List<Feeder.Prepared> prepared, Feeder feeder) {
        List<Feeder.Encoded> out = new ArrayList<>();
        try (var _ = new NoGradGuard()) {
            for (Feeder.Prepared one : prepared) {
                Feeder.Encoded encoded = one.encoded();
                if (encoded == null) {
                    List<short[]> latents = new ArrayList<>();
                    one.example().references().forEach(p -> latents.add(latents(p)));
                    latents.add(latents(one.example().target()));
                    encoded = new Feeder.Encoded(latents, one.example().prompts());
                    feeder.keep(one.key(), encoded);
                }
                out.add(encoded);
            }
        }
        return out;
    }

    private short[] latents(Picture picture) {
        float[] values = autoencoder.tokens(picture);
        short[] halves = new short[values.length];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = Float.floatToFloat16(values[i]);
        }
        return halves;
    }
}
