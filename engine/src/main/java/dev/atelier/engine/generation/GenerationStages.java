package dev.atelier.engine.generation;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.nn.LinearAdapter;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.sampling.EulerSolver;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.engine.vae.Autoencoder;
import dev.atelier.engine.vae.LatentPreview;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.bytedeco.pytorch.Tensor;

/**
 * The stages of a generation one by one, as benchmarks time them and as they are compared with the public reference. Valid inside
 * {@link #with} only, on the device's thread; results are owned by the innermost scope unless it is said otherwise. L text tokens, N image
 * tokens, C latent channels, h x w tokens.
 */
public final class GenerationStages {
    /** Of a reference as the public pipelines prepare it, pixels at most. */
    public static final long REFERENCE_PIXELS = References.MAX_PIXELS;

    private final Components components;
    private final EngineOptions options;
    private final PromptEncoder prompts;
    private final References references;
    private final Denoiser denoiser;
    private final ImageGeneration generation;

    /**
     * What an embedding depends on.
     *
     * @param length tokens, padding included
     * @param layers of the text encoder whose hidden states are taken, in order
     * @param frequencyType that the rotary frequencies are rounded to
     */
    public record Prompt(String text, int length, List<Integer> layers, DType frequencyType) {}

    /**
     * What a picture follows.
     *
     * @param positive (B, L, J)
     * @param negative (B, L, J); null without classifier-free guidance
     * @param inlineReferences latents (1, C, h, w)
     * @param cached references' keys and values, or empty
     */
    public record Conditioning(
            Tensor positive,
            Tensor negative,
            double guidanceScale,
            List<Tensor> inlineReferences,
            ReferenceCache cached) {}

    private GenerationStages(
            Components components, EngineOptions options, PromptEncoder prompts, LatentPreview preview) {
        this.components = components;
        this.options = options;
        this.prompts = prompts;
        references = new References(components, options.device());
        denoiser = new Denoiser(components.transformer, components.scheduler.predictsSample(), options.device());
        generation = new ImageGeneration(components, options.device(), prompts, denoiser, preview);
    }

    /**
     * Loads {@code folder}, hands its stages to {@code body} and closes it.
     *
     * @param textLayers the highest of them is the last text encoder layer that is loaded; empty: as the folder says
     * @throws EngineException naming what is wrong with the folder
     */
    public static <T> T with(
            Path folder, EngineOptions options, List<Integer> textLayers, Function<GenerationStages, T> body) {
        ModelIndex read = ModelIndex.read(folder);
        ModelIndex index = textLayers.isEmpty() ? read : read.withText(textLayers, read.maxSequenceLength());
        try (DeviceThread thread = new DeviceThread("atelier-stages")) {
            return thread.call(() -> {
                try (Components components = new Components(folder, index, options, LinearAdapter.NONE);
                        PromptEncoder prompts = new PromptEncoder(components, options.device());
                        LatentPreview preview = new LatentPreview(components.vae, options.device())) {
                    return body.apply(new GenerationStages(components, options, prompts, preview));
                }
            });
        }
    }

    /** The text encoder layers that {@code folder} names, or the default ones. */
    public static List<Integer> textLayers(Path folder) {
        return ModelIndex.read(folder).textEncoderOutLayers();
    }

    public double defaultGuidanceScale() {
        return components.index.defaultGuidanceScale();
    }

    public int maxSequenceLength() {
        return components.index.maxSequenceLength();
    }

    /** The type that the text encoder is stored in. */
    public DType textType() {
        return components.textType();
    }

    public Autoencoder autoencoder() {
        return components.vae;
    }

    /** Whether each step takes a second pass with the negative prompt. */
    public boolean guided(double guidanceScale) {
        return components.guided(guidanceScale);
    }

    public FlowMatchSchedule schedule(int steps, long tokens) {
        return FlowMatchSchedule.of(components.scheduler, steps, tokens);
    }

    /** The prompt in the chat form, padded to {@code length}. */
    public QwenTokenizer.Tokens tokens(String prompt, int length) {
        return components.tokenizer.encodePrompt(prompt, length);
    }

    /** (1, L, J), kept for as long as the model is open and few other prompts follow. */
    public Tensor embeddings(Prompt prompt) {
        return prompts.encode(prompt);
    }

    /** Latents (1, C, h, w) of pictures whose sides are multiples of the model's. */
    public List<Tensor> encode(List<Picture> pictures) {
        return references.encode(pictures);
    }

    /** {@code earlier} with {@code latents} added, of which the first is reference number {@code first} (from 0). */
    public ReferenceCache extend(ReferenceCache earlier, List<Tensor> latents, int first, double guidanceScale) {
        return references.extend(earlier, latents, first, guidanceScale);
    }

    /**
     * @param noise (B, N, C) of N = {@code rows} · {@code columns}
     * @param observer sees the latents (B, N, C) after each step, from 1
     * @return latents (B, N, C)
     */
    public Tensor denoise(
            Tensor noise,
            int rows,
            int columns,
            Conditioning conditioning,
            FlowMatchSchedule schedule,
            ObjIntConsumer<Tensor> observer) {
        long batch = noise.size(0);
        List<Tensor> inlineReferences = conditioning.inlineReferences();
        Tensor positions = References.positions(conditioning.positive().size(1), rows, columns, inlineReferences);
        Denoiser.Conditioning full = new Denoiser.Conditioning(
                repeat(conditioning.positive(), batch),
                conditioning.negative() == null ? null : repeat(conditioning.negative(), batch),
                conditioning.guidanceScale(),
                inlineReferences.isEmpty() ? null : repeat(References.tokens(inlineReferences), batch),
                components.transformer.rotaryEmbedding(positions, options.device()),
                conditioning.cached());
        return denoiser.run(
                noise, full, schedule, EulerSolver.Constraint.NONE, (step, latents) -> observer.accept(latents, step));
    }

    private static Tensor repeat(Tensor x, long batch) {
        return x.size(0) == batch ? x : x.expand(batch, x.size(1), x.size(2));
    }

    /**
     * What a request without a mask or a strength is made into before it is decoded.
     *
     * @param request its references are not looked at
     * @param inlineReferences latents (1, C, h, w)
     * @return latents (B, C, h, w)
     */
    public Tensor latents(ImageRequest request, List<Tensor> inlineReferences, ReferenceCache cached) {
        ImageGeneration.Settings settings = generation.settings(request, List.of());
        WorkMeter meter = new WorkMeter(new WorkSpeeds(), System::nanoTime);
        GenerationContext context =
                new GenerationContext(0, request.seeds().size(), GenerationListener.NONE, Cancellation.none(), meter);
        return generation.denoise(request, settings, inlineReferences, cached, context);
    }
}
