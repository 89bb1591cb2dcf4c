package dev.atelier.engine.generation;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.nn.LinearAdapter;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.Patches;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.Tensor;

/**
 * A model folder loaded frozen, with an adapter around the transformer's linear layers that a trainer changes. Loss and gradients are
 * the trainer's matter; this is the one place that knows how a folder wants its prompts, references and positions, as
 * {@link Flux2Pipeline} uses them.
 *
 * <p>Methods with tensors run on the device's thread only, inside {@link #call} or {@link #callWithGradients}; results are owned by the
 * innermost scope. B batch, C latent channels, h x w tokens, N = h·w, T text tokens, J width of the prompt embeddings.
 */
public final class FineTunableModel implements AutoCloseable {
    private final DeviceThread thread;
    private final Components components;
    private final Device device;
    private final References references;
    private final PromptEncoder prompts;
    private final Flux2Pipeline pipeline;

    private FineTunableModel(DeviceThread thread, Components components, Path folder, EngineOptions options) {
        this.thread = thread;
        this.components = components;
        device = options.device();
        references = new References(components, device);
        prompts = new PromptEncoder(components, device);
        pipeline = new Flux2Pipeline(thread, components, folder, options);
    }

    /**
     * Loads {@code folder}.
     *
     * @param adapter sees every linear layer of the transformer while it is built
     * @throws EngineException naming what is wrong with the folder; or when the precision is int8, which has no gradient
     */
    public static FineTunableModel open(Path folder, EngineOptions options, LinearAdapter adapter) {
        if (options.precision() == Precision.INT8) {
            throw new EngineException("precision: int8 layers have no gradient; use stored or fp32");
        }
        DeviceThread thread = new DeviceThread("atelier-" + options.device());
        try {
            return thread.call(() -> {
                if (options.threads() > 0) {
                    DeviceThread.setThreads(options.threads());
                }
                Components loaded = new Components(folder, ModelIndex.read(folder), options, adapter);
                return new FineTunableModel(thread, loaded, folder, options);
            });
        } catch (RuntimeException e) {
            thread.close();
            throw e;
        }
    }

    /** Runs {@code body} on the device's thread without gradients. */
    public <T> T call(Callable<T> body) {
        return thread.call(body);
    }

    /** Runs {@code body} on the device's thread with gradients. */
    public <T> T callWithGradients(Callable<T> body) {
        return thread.callWithGradients(body);
    }

    /** Makes pictures with the adapter as it is at that moment; closed with this model. */
    public ImagePipeline pipeline() {
        return pipeline;
    }

    public Device device() {
        return device;
    }

    /** Whether the network predicts clean latents, not the velocity. */
    public boolean predictsSample() {
        return components.scheduler.predictsSample();
    }

    /** The noise level, in (0, 1], that the folder's schedule makes of an even {@code sigma} for a picture of {@code tokens}. */
    public double shifted(double sigma, long tokens) {
        return FlowMatchSchedule.shift(
                components.scheduler, sigma, pipeline.info().defaultSteps(), tokens);
    }

    /** Names the weights that {@link #encode} and {@link #embed} depend on; another text when they change. */
    public String encodersFingerprint() {
        return components.encodersFingerprint() + " " + components.index.textEncoderOutLayers() + " " + device.kind();
    }

    /** Latents (1, C, h, w) of a picture whose sides are multiples of the model's. */
    public Tensor encode(Picture picture) {
        return references.encode(List.of(picture)).getFirst();
    }

    /** The picture (1, 3, H, W), about -1 to 1, of latents (1, C, h, w). */
    public Tensor decode(Tensor latents) {
        return Scopes.scoped(
                () -> Tensors.to(components.vae.decode(Tensors.to(latents, components.computeType())), DType.F32));
    }

    /** Tokens that {@code prompt} is padded to when a picture of it is made. */
    public int promptLength(String prompt) {
        return prompts.length(prompt);
    }

    /** (1, {@code length}, J), owned by this model and valid until the next call. */
    public Tensor embed(String prompt, int length) {
        return prompts.encode(prompt, length);
    }

    /**
     * What the network says of noisy latents: clean latents or velocity, by {@link #predictsSample}. References are cached or attend
     * freely, as the folder's own pictures are made.
     *
     * @param noisy (B, C, h, w)
     * @param promptEmbeds (B, T, J)
     * @param sigmas (B), noise levels in 0 to 1
     * @param referenceLatents in order, (B, C, h', w') each; may be empty
     * @return float32 (B, C, h, w)
     */
    public Tensor predict(Tensor noisy, Tensor promptEmbeds, Tensor sigmas, List<Tensor> referenceLatents) {
        return Scopes.scoped(() -> {
            DType type = components.computeType();
            Flux2Transformer transformer = components.transformer;
            double scale = components.index.defaultGuidanceScale();
            boolean cached = components.index.referenceCache();
            List<Tensor> inlineReferences = cached ? List.of() : referenceLatents;
            ReferenceCache cache = cached && !referenceLatents.isEmpty()
                    ? references.extend(ReferenceCache.EMPTY, referenceLatents, 0, scale)
                    : ReferenceCache.EMPTY;
            Tensor tokens = Tensors.to(Patches.pack(noisy), type);
            long count = tokens.size(1);
            if (!inlineReferences.isEmpty()) {
                tokens = Tensors.cat(1, tokens, Tensors.to(References.tokens(inlineReferences), type));
            }
            Tensor positions = References.positions(
                    promptEmbeds.size(1), (int) noisy.size(2), (int) noisy.size(3), inlineReferences);
            Tensor guidance = transformer.config().guidanceEmbeds()
                    ? Tensors.to(Tensors.full(scale, DType.F32, noisy.size(0)), device)
                    : null;
            Tensor out = transformer.forward(
                    tokens,
                    Tensors.to(promptEmbeds, type),
                    sigmas,
                    guidance,
                    transformer.rotaryEmbedding(positions, device),
                    cache);
            return Patches.unpack(Tensors.to(out.narrow(1, 0, count), DType.F32), noisy.size(2), noisy.size(3));
        });
    }

    @Override
    public void close() {
        thread.call(() -> {
            prompts.close();
            return null;
        });
        pipeline.close();
    }
}
