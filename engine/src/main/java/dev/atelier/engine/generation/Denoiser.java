package dev.atelier.engine.generation;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.sampling.EulerSolver;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.OpenBlas;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Euler integration of the flow from noise to latents, with classifier-free guidance where it is asked for. */
final class Denoiser {
    /** Above this size of the widest intermediate, the two passes of guidance run one after the other. */
    private static final long BATCHED_GUIDANCE_BYTES = 1L << 30;

    private final Flux2Transformer transformer;
    private final boolean predictsSample;
    private final Device device;

    /**
     * What the picture follows.
     *
     * @param promptEmbeds (B, L, J)
     * @param negativeEmbeds (B, L, J) of the negative prompt; null without classifier-free guidance
     * @param guidanceScale of classifier-free guidance, or the model's guidance input
     * @param inlineReferences tokens (B, R, C); null when there are none
     * @param rotaryEmbedding of text, image and inline reference tokens
     * @param references cached references, or empty
     */
    record Conditioning(
            Tensor promptEmbeds,
            Tensor negativeEmbeds,
            double guidanceScale,
            Tensor inlineReferences,
            Tensor rotaryEmbedding,
            ReferenceCache references) {
        /** The same for {@code batch} images; of one image so far. */
        Conditioning repeated(int batch) {
            return new Conditioning(
                    repeat(promptEmbeds, batch),
                    negativeEmbeds == null ? null : repeat(negativeEmbeds, batch),
                    guidanceScale,
                    inlineReferences == null ? null : repeat(inlineReferences, batch),
                    rotaryEmbedding,
                    references);
        }

        private static Tensor repeat(Tensor x, int batch) {
            return batch == 1 ? x : x.expand(batch, x.size(1), x.size(2));
        }
    }

    /** @param predictsSample the model predicts clean latents, not the velocity */
    Denoiser(Flux2Transformer transformer, boolean predictsSample, Device device) {
        this.transformer = transformer;
        this.predictsSample = predictsSample;
        this.device = device;
    }

    /**
     * @param start (B, N, C) float32 at the first of the schedule's noise levels
     * @return latents (B, N, C) float32, owned by the innermost scope
     */
    Tensor run(
            Tensor start,
            Conditioning conditioning,
            FlowMatchSchedule schedule,
            EulerSolver.Constraint constraint,
            EulerSolver.Observer observer) {
        return OpenBlas.onOneThreadBesideOneDnn(
                device,
                () -> EulerSolver.solve(
                        start,
                        schedule.sigmas(),
                        (latents, sigma) -> velocity(latents, sigma, conditioning),
                        constraint,
                        observer));
    }

    /** The flow's direction at {@code latents} (B, N, C) float32, like them; owned by the innermost scope. */
    Tensor velocity(Tensor latents, double sigma, Conditioning c) {
        return Scopes.scoped(() -> {
            long tokens = latents.size(1);
            Tensor input = Tensors.to(latents, device.computeType());
            Tensor tokensIn = c.inlineReferences() == null ? input : Tensors.cat(1, input, c.inlineReferences());
            Tensor out;
            if (c.negativeEmbeds() == null) {
                out = forward(tokensIn, c.promptEmbeds(), sigma, c).narrow(1, 0, tokens);
            } else if (fitsTwice(tokensIn, c)) {
                Tensor both = forward(
                                Tensors.cat(0, tokensIn, tokensIn),
                                Tensors.cat(0, c.promptEmbeds(), c.negativeEmbeds()),
                                sigma,
                                c)
                        .narrow(1, 0, tokens);
                long batch = latents.size(0);
                out = guide(both.narrow(0, 0, batch), both.narrow(0, batch, batch), c.guidanceScale());
            } else {
                out = guide(
                        forward(tokensIn, c.promptEmbeds(), sigma, c).narrow(1, 0, tokens),
                        forward(tokensIn, c.negativeEmbeds(), sigma, c).narrow(1, 0, tokens),
                        c.guidanceScale());
            }
            Tensor predicted = Tensors.to(out, DType.F32);
            return predictsSample ? EulerSolver.velocity(latents, predicted, sigma) : predicted;
        });
    }

    private Tensor forward(Tensor tokens, Tensor promptEmbeds, double sigma, Conditioning c) {
        return Scopes.scoped(() -> {
            long batch = tokens.size(0);
            Tensor time = Tensors.to(Tensors.full(sigma, DType.F32, batch), device);
            Tensor guidance = transformer.config().guidanceEmbeds()
                    ? Tensors.to(Tensors.full(c.guidanceScale(), DType.F32, batch), device)
                    : null;
            return transformer.forward(tokens, promptEmbeds, time, guidance, c.rotaryEmbedding(), c.references());
        });
    }

    private static Tensor guide(Tensor conditional, Tensor unconditional, double scale) {
        return unconditional.add(conditional.sub(unconditional), new Scalar(scale));
    }

    private boolean fitsTwice(Tensor tokens, Conditioning c) {
        long length = tokens.size(1) + c.promptEmbeds().size(1);
        long widest =
                3L * transformer.config().dim() + 2L * transformer.config().mlpDim();
        return 2 * tokens.size(0) * length * widest * Float.BYTES <= BATCHED_GUIDANCE_BYTES;
    }
}
