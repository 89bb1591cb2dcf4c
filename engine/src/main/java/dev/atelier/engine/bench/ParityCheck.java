package dev.atelier.engine.bench;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.generation.GenerationStages;
import dev.atelier.engine.generation.GenerationStages.Prompt;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
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

    private static final String CASES = "cases.json";

    private final Path folder;
    private final GenerationStages stages;
    private final Device device;

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

    private ParityCheck(Path folder, GenerationStages stages, Device device) {
        this.folder = folder;
        this.stages = stages;
        this.device = device;
    }

    /**
     * Runs every case of {@code folder}, in order.
     *
     * @throws EngineException when the model or a case cannot be read
     */
    public static List<Result> run(Path folder, EngineOptions options) {
        if (Files.isDirectory(folder) && !Files.exists(folder.resolve(CASES))) {
            throw new EngineException(
                    folder + " has no " + CASES + "; parity needs the reference's numbers beside the model");
        }
        List<JsonConfig> cases = JsonConfig.readArray(folder.resolve(CASES));
        List<Integer> own = GenerationStages.textLayers(folder);
        List<Integer> highest = cases.stream()
                .map(one -> layers(one, own))
                .max(Comparator.comparing(Collections::max))
                .orElse(own);
        return GenerationStages.with(folder, options, highest, stages -> {
            ParityCheck check = new ParityCheck(folder, stages, options.device());
            List<Result> out = new ArrayList<>();
            for (JsonConfig one : cases) {
                Scopes.run(() -> check.runCase(one, own, out));
            }
            return out;
        });
    }

    private static List<Integer> layers(JsonConfig json, List<Integer> own) {
        return json.integers("text_encoder_out_layers", 0, 1000, 64, own);
    }

    private void runCase(JsonConfig json, List<Integer> ownLayers, List<Result> out) {
        String name = json.string("case", "case");
        List<Integer> layers = layers(json, ownLayers);
        int maxLength = json.integer("max_sequence_length", 1, 1 << 15, stages.maxSequenceLength());
        int width = json.integer("width", 1, 4096);
        int height = json.integer("height", 1, 4096);
        int multiple = stages.autoencoder().sizeMultiple();
        int rows = height / multiple;
        int columns = width / multiple;
        double guidance = json.number("guidance_scale", 0, 100, 1);
        FlowMatchSchedule schedule = stages.schedule(json.integer("steps", 1, 200), (long) rows * columns);
        try (SafetensorsFile expected =
                SafetensorsFile.open(folder.resolve(json.string("tensors", name + ".safetensors")))) {
            Comparison compare = new Comparison(name, expected, out);
            String prompt = json.string("prompt", "");
            QwenTokenizer.Tokens tokens = stages.tokens(prompt, maxLength);
            long[] ids = Tensors.toLongs(expected.tensor("input_ids"));
            out.add(new Result(name, "input_ids", Arrays.equals(ids, tokens.ids()) ? 0 : Double.POSITIVE_INFINITY, 0));
            Prompt key = key(new Prompt(prompt, maxLength, layers, DType.F32), expected);
            Tensor embeds = stages.embeddings(key);
            compare.latents("prompt_embeds", embeds);

            List<Tensor> refs = references(json.texts("references", List.of()));
            for (int i = 0; i < refs.size(); i++) {
                compare.latents("ref" + i + "_latent", refs.get(i));
            }
            boolean cached = json.bool("kv_cache", false) && !refs.isEmpty();
            ReferenceCache cache =
                    cached ? stages.extend(ReferenceCache.EMPTY, refs, 0, guidance) : ReferenceCache.EMPTY;
            List<Tensor> inlineReferences = cached ? List.of() : refs;
            Tensor negative = stages.guided(guidance)
                    ? stages.embeddings(
                            new Prompt(json.string("negative_prompt", ""), maxLength, layers, key.frequencyType()))
                    : null;
            Tensor noise = Patches.pack(Tensors.to(expected.tensor("noise"), device));
            Tensor latents = stages.denoise(
                    noise,
                    rows,
                    columns,
                    new GenerationStages.Conditioning(embeds, negative, guidance, inlineReferences, cache),
                    schedule,
                    (x, step) -> compare.latents("latents_step" + (step - 1), x));
            decode(Patches.unpack(latents, rows, columns), compare);
        }
    }

    /**
     * {@code Module.to(bfloat16)} rounds the reference's rotary frequencies too, {@code from_pretrained(dtype=bfloat16)} does not,
     * and a case does not say which was used: whichever of the two comes closer to its embeddings.
     */
    private Prompt key(Prompt exact, SafetensorsFile expected) {
        DType stored = stages.textType();
        if (stored == DType.F32 || !expected.names().contains("prompt_embeds")) {
            return exact;
        }
        Prompt rounded = new Prompt(exact.text(), exact.length(), exact.layers(), stored);
        Tensor reference = expected.tensor("prompt_embeds");
        double exactError = Tensors.relativeError(stages.embeddings(exact), reference);
        double roundedError = Tensors.relativeError(stages.embeddings(rounded), reference);
        return roundedError < exactError ? rounded : exact;
    }

    private void decode(Tensor latents, Comparison compare) {
        if (stages.autoencoder() instanceof AutoencoderKLFlux2 flux2) {
            Tensor latent = flux2.latent(latents);
            compare.latents("latent", latent);
            compare.image("image", flux2.decodeLatent(latent));
        } else {
            compare.image("image", stages.autoencoder().decode(latents));
        }
    }

    /**
     * As {@code Flux2KleinPipeline} prepares them, whatever our own pipelines do with small pictures: shrunk to a megapixel if they are
     * larger, then the middle, its sides cut down to multiples.
     */
    private List<Tensor> references(List<String> files) {
        return stages.encode(files.stream().map(this::reference).toList());
    }

    private Picture reference(String file) {
        Path path = folder.resolve(file);
        try {
            BufferedImage image = ImageIO.read(path.toFile());
            if (image == null) {
                throw new EngineException(path + ": is no picture that can be read");
            }
            return PictureResizer.toReference(
                    Picture.of(image),
                    GenerationStages.REFERENCE_PIXELS,
                    stages.autoencoder().sizeMultiple());
        } catch (IOException e) {
            throw new EngineException(path + ": cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new EngineException(path + ": " + e.getMessage(), e);
        }
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
