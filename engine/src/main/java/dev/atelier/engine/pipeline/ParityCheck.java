package dev.atelier.engine.pipeline;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.nn.LinearAdapter;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.engine.vae.AutoencoderKLFlux2;
import dev.atelier.engine.vae.Patches;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.SafetensorsFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Tensor;

/**
 * Compares what this engine computes with what the public reference computed: a model folder with {@code cases.json} and, for each
 * case, a safetensors file of {@code input_ids}, {@code prompt_embeds}, {@code noise}, {@code refN_latent}, {@code latents_stepN} (N from 0),
 * {@code latent} and {@code image}.
 */
public final class ParityCheck {
    /** Bound of the relative error of embeddings and latents. */
    public static final double MAX_LATENT_ERROR = 1e-4;

    /** Bound of the relative error of the decoded image. */
    public static final double MAX_IMAGE_ERROR = 1e-3;

    private final Path folder;
    private final Components components;
    private final Device device;
    private final PromptEncoder prompts;
    private final References references;

    /**
     * One comparison.
     *
     * @param error ‖ours − reference‖ / ‖reference‖; infinite when the shapes differ
     * @param bound the largest error that passes
     */
    public record Result(String caseName, String stage, double error, double bound) {
        public boolean passed() {
            return error <= bound;
        }
    }

    private ParityCheck(Path folder, Components components, Device device) {
        this.folder = folder;
        this.components = components;
        this.device = device;
        prompts = new PromptEncoder(components, device);
        references = new References(components, device);
    }

    /**
     * Runs every case of {@code folder}, in order.
     *
     * @throws EngineException when the model or a case cannot be read
     */
    public static List<Result> run(Path folder, EngineOptions options) {
        List<JsonConfig> cases = JsonConfig.readArray(folder.resolve("cases.json"));
        try (DeviceThread thread = new DeviceThread("atelier-parity")) {
            return thread.call(() -> {
                try (Components components =
                        new Components(folder, index(folder, cases), options, LinearAdapter.NONE)) {
                    ParityCheck check = new ParityCheck(folder, components, options.device());
                    List<Result> out = new ArrayList<>();
                    for (JsonConfig one : cases) {
                        Scopes.run(() -> check.runCase(one, out));
                    }
                    check.prompts.close();
                    return out;
                }
            });
        }
    }

    /** The folder's index with every layer that a case taps. */
    private static ModelIndex index(Path folder, List<JsonConfig> cases) {
        ModelIndex index = ModelIndex.read(folder);
        for (JsonConfig one : cases) {
            List<Integer> layers = layers(one, index);
            if (Collections.max(layers) > Collections.max(index.textEncoderOutLayers()) || one == cases.getFirst()) {
                index = index.withText(layers, index.maxSequenceLength());
            }
        }
        return index;
    }

    private static List<Integer> layers(JsonConfig json, ModelIndex index) {
        return json.integers("text_encoder_out_layers", 0, 1000, 64, index.textEncoderOutLayers());
    }

    private void runCase(JsonConfig json, List<Result> out) {
        String name = json.string("case", "case");
        List<Integer> layers = layers(json, components.index);
        int maxLength = json.integer("max_sequence_length", 1, 1 << 15, components.index.maxSequenceLength());
        int width = json.integer("width", 1, 4096);
        int height = json.integer("height", 1, 4096);
        int multiple = components.vae.sizeMultiple();
        int rows = height / multiple;
        int columns = width / multiple;
        double guidance = json.number("guidance_scale", 0, 100, 1);
        FlowMatchSchedule schedule =
                FlowMatchSchedule.of(components.scheduler, json.integer("steps", 1, 200), (long) rows * columns);
        try (SafetensorsFile expected =
                SafetensorsFile.open(folder.resolve(json.string("tensors", name + ".safetensors")))) {
            Comparison compare = new Comparison(name, expected, out);
            String prompt = json.string("prompt", "");
            QwenTokenizer.Tokens tokens = components.tokenizer.encodePrompt(prompt, maxLength);
            long[] ids = Tensors.toLongs(expected.tensor("input_ids"));
            out.add(new Result(name, "input_ids", Arrays.equals(ids, tokens.ids()) ? 0 : Double.POSITIVE_INFINITY, 0));
            PromptEncoder.Key key = key(new PromptEncoder.Key(prompt, maxLength, layers, DType.F32), expected);
            Tensor embeds = prompts.encode(key);
            compare.latents("prompt_embeds", embeds);

            List<Tensor> refs = references(json.texts("references", List.of()));
            for (int i = 0; i < refs.size(); i++) {
                compare.latents("ref" + i + "_latent", refs.get(i));
            }
            boolean cached = json.bool("kv_cache", false) && !refs.isEmpty();
            ReferenceCache cache =
                    cached ? references.extend(ReferenceCache.EMPTY, refs, 0, guidance) : ReferenceCache.EMPTY;
            List<Tensor> free = cached ? List.of() : refs;
            boolean guided = guidance > 1
                    && !components.index.distilled()
                    && !components.transformer.config().guidanceEmbeds();
            Tensor negative = guided
                    ? prompts.encode(new PromptEncoder.Key(
                            json.string("negative_prompt", ""), maxLength, layers, key.frequencyType()))
                    : null;
            Tensor noise = Patches.pack(Tensors.to(expected.tensor("noise"), device));
            Denoiser.Conditioning conditioning = new Denoiser.Conditioning(
                    repeat(embeds, noise.size(0)),
                    negative == null ? null : repeat(negative, noise.size(0)),
                    guidance,
                    free.isEmpty() ? null : repeat(References.tokens(free), noise.size(0)),
                    components.transformer.turns(References.positions(embeds.size(1), rows, columns, free), device),
                    cache);
            Tensor latents = new Denoiser(components.transformer, components.scheduler.predictsSample(), device)
                    .run(
                            noise,
                            conditioning,
                            schedule,
                            Denoiser.Constraint.NONE,
                            (step, x) -> compare.latents("latents_step" + (step - 1), x));
            decode(Patches.unpack(latents, rows, columns), compare);
        }
    }

    /**
     * {@code Module.to(bfloat16)} rounds the reference's rotary frequencies too, {@code from_pretrained(dtype=bfloat16)} does not,
     * and a case does not say which was used: whichever of the two comes closer to its embeddings.
     */
    private PromptEncoder.Key key(PromptEncoder.Key exact, SafetensorsFile expected) {
        DType stored = components.textType();
        if (stored == DType.F32 || !expected.names().contains("prompt_embeds")) {
            return exact;
        }
        PromptEncoder.Key rounded = new PromptEncoder.Key(exact.prompt(), exact.length(), exact.layers(), stored);
        Tensor reference = expected.tensor("prompt_embeds");
        double exactError = Tensors.relativeError(prompts.encode(exact), reference);
        double roundedError = Tensors.relativeError(prompts.encode(rounded), reference);
        return roundedError < exactError ? rounded : exact;
    }

    private void decode(Tensor latents, Comparison compare) {
        if (components.vae instanceof AutoencoderKLFlux2 flux2) {
            Tensor latent = flux2.latent(latents);
            compare.latents("latent", latent);
            compare.image("image", flux2.decodeLatent(latent));
        } else {
            compare.image("image", components.vae.decode(latents));
        }
    }

    /**
     * As {@code Flux2KleinPipeline} prepares them, whatever our own pipelines do with small pictures: shrunk to a megapixel if they are
     * larger, then the middle, its sides cut down to multiples.
     */
    private List<Tensor> references(List<String> files) {
        return references.encode(files.stream().map(this::reference).toList());
    }

    private Picture reference(String file) {
        Path path = folder.resolve(file);
        try {
            BufferedImage image = ImageIO.read(path.toFile());
            if (image == null) {
                throw new EngineException(path + ": is no picture that can be read");
            }
            return PictureResizer.toReference(Picture.of(image), References.MAX_PIXELS, components.vae.sizeMultiple());
        } catch (IOException e) {
            throw new EngineException(path + ": cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new EngineException(path + ": " + e.getMessage(), e);
        }
    }

    private static Tensor repeat(Tensor x, long batch) {
        return x.size(0) == batch ? x : x.expand(batch, x.size(1), x.size(2));
    }

    /** Compares tensors with those of one case's file, where it has them. */
    private record Comparison(String name, SafetensorsFile expected, List<Result> out) {
        void latents(String stage, Tensor ours) {
            compare(stage, ours, MAX_LATENT_ERROR);
        }

        void image(String stage, Tensor ours) {
            compare(stage, ours, MAX_IMAGE_ERROR);
        }

        private void compare(String stage, Tensor ours, double bound) {
            if (!expected.names().contains(stage)) {
                return;
            }
            boolean sameShape = Arrays.equals(expected.shape(stage), ours.shape());
            double error = sameShape
                    ? Scopes.plain(() -> Tensors.relativeError(ours, expected.tensor(stage)))
                    : Double.POSITIVE_INFINITY;
            // A comparison with NaN must not pass.
            out.add(new Result(name, stage, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error, bound));
        }
    }
}
