package dev.atelier.training.sharpening;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.sampling.SchedulerConfig;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Pictures as the base model would have drawn them, so that the sharpener learns to mend the base's own mistakes: a third through its
 * autoencoder with some noise on the latents, a third also shrunk or moved a little, a third drawn again by the model itself from a
 * noisy form of the truth. Corrupting the condition is what cascades depend on (Ho et al. 2022, "Cascaded diffusion models").
 */
final class CoarsePictures {
    private static final double MOST_LATENT_NOISE = 0.3;
    private static final double MOST_SHRUNK = 2;
    private static final int MOST_MOVED = 2;
    private static final double LEAST_REDRAWN = 0.5;
    private static final double MOST_REDRAWN = 0.8;
    private static final int REDRAWING_STEPS = 3;
    private static final int KINDS = 3;

    private final FineTunableModel model;

    CoarsePictures(FineTunableModel model) {
        this.model = model;
    }

    /**
     * @param references of {@code sharp}, of its size
     * @return (1, 3, H, W), owned by the innermost scope
     */
    Tensor of(Picture sharp, List<Picture> references, String prompt, SplittableRandom random) {
        return Scopes.scoped(() -> {
            Tensor latents = Tensors.to(model.encode(sharp), DType.F32);
            torch.manual_seed(random.nextLong());
            return switch (random.nextInt(KINDS)) {
                case 0 -> model.decode(noisy(latents, random));
                case 1 -> disturbed(model.decode(noisy(latents, random)), random);
                default -> model.decode(redrawn(latents, references, prompt, random));
            };
        });
    }

    private static Tensor noisy(Tensor latents, SplittableRandom random) {
        return latents.add(torch.randn_like(latents), new Scalar(random.nextDouble(MOST_LATENT_NOISE)));
    }

    /** Shrunk and enlarged again, and moved by up to two pixels. */
    private static Tensor disturbed(Tensor image, SplittableRandom random) {
        long height = image.size(2);
        long width = image.size(3);
        double factor = random.nextDouble(1, MOST_SHRUNK);
        long[] small = {Math.max(1, Math.round(height / factor)), Math.max(1, Math.round(width / factor))};
        Tensor soft = torch.upsample_bilinear2d(image, small, false, new DoubleOptional(), new DoubleOptional());
        Tensor large = torch.upsample_bicubic2d(
                soft, new long[] {height, width}, false, new DoubleOptional(), new DoubleOptional());
        Tensor padded = torch.replication_pad2d(large, MOST_MOVED, MOST_MOVED, MOST_MOVED, MOST_MOVED);
        return padded.narrow(2, random.nextInt(2 * MOST_MOVED + 1), height)
                .narrow(3, random.nextInt(2 * MOST_MOVED + 1), width);
    }

    private Tensor redrawn(Tensor latents, List<Picture> references, String prompt, SplittableRandom random) {
        double start = random.nextDouble(LEAST_REDRAWN, MOST_REDRAWN);
        Tensor embeds = model.embed(prompt, model.promptLength(prompt));
        List<Tensor> seen = references.stream().map(model::encode).toList();
        Tensor state = latents.mul(new Scalar(1 - start)).add_(torch.randn_like(latents), new Scalar(start));
        for (int i = 0; i < REDRAWING_STEPS; i++) {
            double from = start * (REDRAWING_STEPS - i) / REDRAWING_STEPS;
            double to = start * (REDRAWING_STEPS - i - 1) / REDRAWING_STEPS;
            Tensor predicted = model.predict(state, embeds, Tensors.full(from, DType.F32, 1), seen);
            Tensor velocity = model.predictsSample()
                    ? state.sub(predicted).div(new Scalar(Math.max(from, SchedulerConfig.MIN_SIGMA)))
                    : predicted;
            state = state.add(velocity, new Scalar(to - from));
        }
        return state;
    }
}
