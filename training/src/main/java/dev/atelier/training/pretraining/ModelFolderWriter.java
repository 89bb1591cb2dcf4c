package dev.atelier.training.pretraining;

import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.vae.PatchTransformConfig;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.optim.ParameterStore;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.recipe.StageRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.json.JsonMapper;

/** Writes a trained model as a folder that {@code Flux2Pipeline} and diffusers-style tools read: bf16 safetensors and configs. */
public final class ModelFolderWriter {
    /** Enough to smooth the edges of tokens in an enlarged picture; a model that was shown whole scenes only draws more of them at higher noise. */
    private static final double REFINEMENT_NOISE = 0.1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ModelFolderWriter() {}

    /**
     * @param stage that the weights come from
     * @param weights flat parameters (count), the moving average as a rule
     * @param prepared folder with {@code vae} and {@code tokenizer}
     * @param vocabulary what {@code vocabulary.txt} says of the words of its captions; empty: no file, the model takes free text
     */
    static void write(
            Path folder,
            Recipe recipe,
            StageRecipe stage,
            StudentModel model,
            Tensor weights,
            Path prepared,
            String vocabulary) {
        try (var _ = new NoGradGuard()) {
            for (String component : List.of("vae", "tokenizer")) {
                copy(prepared.resolve(component), folder.resolve(component));
            }
            if (recipe.autoencoder() instanceof AutoencoderRecipe.PatchTransform patches) {
                json(folder.resolve("vae/config.json"), vae(patches));
            }
            component(folder.resolve("transformer"), "diffusion_pytorch_model", "transformer.", model, weights);
            component(folder.resolve("text_encoder"), "model", "text_encoder.", model, weights);
            json(folder.resolve("transformer/config.json"), transformer(model.transformerConfig));
            json(folder.resolve("text_encoder/config.json"), text(model.textConfig));
            json(folder.resolve("scheduler/scheduler_config.json"), scheduler(recipe));
            json(folder.resolve("model_index.json"), index(recipe, stage));
            Files.writeString(folder.resolve("recipe.yaml"), recipe.toYaml());
            if (!vocabulary.isEmpty()) {
                Files.writeString(folder.resolve("vocabulary.txt"), vocabulary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void component(Path folder, String stem, String prefix, StudentModel model, Tensor weights)
            throws IOException {
        Files.createDirectories(folder);
        Scopes.run(() -> {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (ParameterStore.Slot slot : model.parameters.slots().values()) {
                if (slot.name().startsWith(prefix)) {
                    tensors.put(
                            slot.name().substring(prefix.length()),
                            Tensors.to(ParameterStore.view(weights, slot), DType.BF16));
                }
            }
            SafetensorsWriter.write(folder.resolve(stem + ".safetensors"), tensors, Map.of("format", "pt"));
        });
    }

    private static Map<String, Object> vae(AutoencoderRecipe.PatchTransform a) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("_class_name", PatchTransformConfig.CLASS_NAME);
        out.put("patch_size", a.patchSize());
        out.put("latent_channels", a.channels());
        out.put("lapped", a.lapped());
        out.put("upscale", a.upscale());
        if (a.refiner() != null) {
            out.put("refiner_width", a.refiner().width());
            out.put("refiner_blocks", a.refiner().blocks());
        }
        return out;
    }

    /** A transformer's {@code config.json}. */
    public static void writeTransformerConfig(Path file, TransformerConfig config) throws IOException {
        json(file, transformer(config));
    }

    private static Map<String, Object> transformer(TransformerConfig c) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("_class_name", TransformerConfig.CLASS_NAME);
        out.put("patch_size", 1);
        out.put("in_channels", c.inChannels());
        out.put("out_channels", c.outChannels());
        out.put("num_layers", c.numLayers());
        out.put("num_single_layers", c.numSingleLayers());
        out.put("attention_head_dim", c.attentionHeadDim());
        out.put("num_attention_heads", c.numAttentionHeads());
        out.put("joint_attention_dim", c.jointAttentionDim());
        out.put("timestep_guidance_channels", c.timestepGuidanceChannels());
        out.put("mlp_ratio", c.mlpRatio());
        out.put("axes_dims_rope", c.axesDimsRope());
        out.put("rope_theta", c.ropeTheta());
        out.put("eps", c.eps());
        out.put("guidance_embeds", c.guidanceEmbeds());
        return out;
    }

    private static Map<String, Object> text(Qwen3Config c) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("architectures", List.of(Qwen3Config.CLASS_NAME));
        out.put("model_type", "qwen3");
        out.put("vocab_size", c.vocabSize());
        out.put("hidden_size", c.hiddenSize());
        out.put("intermediate_size", c.intermediateSize());
        out.put("num_hidden_layers", c.numHiddenLayers());
        out.put("num_attention_heads", c.numAttentionHeads());
        out.put("num_key_value_heads", c.numKeyValueHeads());
        out.put("head_dim", c.headDim());
        out.put("hidden_act", "silu");
        out.put("rms_norm_eps", c.rmsNormEps());
        out.put("rope_parameters", Map.of("rope_theta", c.ropeTheta(), "rope_type", "default"));
        out.put("tie_word_embeddings", c.tieWordEmbeddings());
        return out;
    }

    private static Map<String, Object> scheduler(Recipe recipe) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("_class_name", "FlowMatchEulerDiscreteScheduler");
        out.put("num_train_timesteps", 1000);
        out.put("shift", recipe.sampling().shift());
        out.put("use_dynamic_shifting", false);
        out.put("prediction_type", "sample");
        return out;
    }

    private static Map<String, Object> index(Recipe recipe, StageRecipe stage) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("_class_name", "Flux2KleinPipeline");
        out.put("_name_or_path", recipe.name());
        out.put("is_distilled", stage.distil() != null);
        out.put("reference_cache", true);
        if (recipe.trains(Task.GLYPH)) {
            out.put("glyph_reference", true);
        }
        out.put("text_encoder_out_layers", recipe.text().outLayers());
        out.put("max_sequence_length", recipe.text().maxLength());
        out.put("pad_to_multiple_of", StudentModel.LENGTH_MULTIPLE);
        out.put("default_size", recipe.sampling().size());
        out.put("min_size", recipe.sampling().size());
        out.put("max_size", recipe.sampling().size());
        out.put("refinement_noise", REFINEMENT_NOISE);
        out.put("default_steps", stage.sampling(recipe.sampling()).steps());
        out.put("default_guidance_scale", stage.sampling(recipe.sampling()).guidance());
        out.put("transformer", List.of("diffusers", TransformerConfig.CLASS_NAME));
        out.put("text_encoder", List.of("transformers", Qwen3Config.CLASS_NAME));
        out.put("tokenizer", List.of("transformers", "Qwen2Tokenizer"));
        out.put(
                "vae",
                switch (recipe.autoencoder()) {
                    case AutoencoderRecipe.PatchTransform _ -> List.of("atelier", PatchTransformConfig.CLASS_NAME);
                    case AutoencoderRecipe.Convolutional _ -> List.of("diffusers", AutoencoderConfig.CLASS_NAME);
                });
        out.put("scheduler", List.of("diffusers", "FlowMatchEulerDiscreteScheduler"));
        return out;
    }

    private static void json(Path file, Map<String, Object> value) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
