package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.sampling.SchedulerConfig;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.vae.PatchTransformConfig;
import dev.atelier.engine.weights.JsonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every field of a model folder's configurations: a wrong value is refused with the file, the field, what was found and what was expected. */
class ConfigMessagesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    enum Part {
        TRANSFORMER("transformer/config.json", file -> TransformerConfig.parse(JsonConfig.read(file)), """
                {"_class_name": "Flux2Transformer2DModel", "patch_size": 1, "in_channels": 16, "out_channels": 16, "num_layers": 1,
                 "num_single_layers": 1, "attention_head_dim": 32, "num_attention_heads": 2, "joint_attention_dim": 64,
                 "timestep_guidance_channels": 8, "mlp_ratio": 3.0, "axes_dims_rope": [8, 8, 8, 8], "rope_theta": 2000, "eps": 1e-6,
                 "guidance_embeds": false}"""),
        TEXT("text_encoder/config.json", file -> Qwen3Config.parse(JsonConfig.read(file)), """
                {"model_type": "qwen3", "hidden_act": "silu", "attention_bias": false, "use_sliding_window": false,
                 "layer_types": ["full_attention"], "rope_scaling": null, "rope_parameters": {"rope_type": "default"}, "num_attention_heads": 4,
                 "hidden_size": 16, "num_key_value_heads": 2, "head_dim": 8, "vocab_size": 32, "intermediate_size": 24,
                 "num_hidden_layers": 1, "rms_norm_eps": 1e-6, "rope_theta": 10000, "tie_word_embeddings": true}"""),
        AUTOENCODER("vae/config.json", file -> AutoencoderConfig.parse(JsonConfig.read(file)), """
                {"_class_name": "AutoencoderKLFlux2", "act_fn": "silu", "patch_size": [2, 2], "block_out_channels": [4, 8],
                 "decoder_block_out_channels": [4, 8], "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D"],
                 "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D"], "norm_num_groups": 4, "in_channels": 3, "out_channels": 3,
                 "layers_per_block": 1, "latent_channels": 4, "use_quant_conv": true, "use_post_quant_conv": true,
                 "mid_block_add_attention": true, "batch_norm_eps": 1e-4}"""),
        PATCHES("vae/config.json", file -> PatchTransformConfig.parse(JsonConfig.read(file)), """
                {"_class_name": "PatchTransformAutoencoder", "patch_size": 4, "latent_channels": 8, "lapped": true, "upscale": 2,
                 "refiner_width": 8, "refiner_blocks": 1}"""),
        SCHEDULER("scheduler/scheduler_config.json", file -> SchedulerConfig.parse(JsonConfig.read(file)), """
                {"_class_name": "FlowMatchEulerDiscreteScheduler", "invert_sigmas": false, "stochastic_sampling": false,
                 "use_karras_sigmas": false, "use_exponential_sigmas": false, "use_beta_sigmas": false, "num_train_timesteps": 1000,
                 "shift_terminal": null, "time_shift_type": "exponential", "prediction_type": "velocity", "use_dynamic_shifting": true,
                 "shift": 3.0}"""),
        INDEX("model_index.json", file -> ModelIndex.read(file.getParent()), """
                {"_class_name": "Flux2KleinPipeline", "_name_or_path": "small", "is_distilled": true, "reference_cache": false,
                 "transformer": ["diffusers", "Flux2Transformer2DModel"], "text_encoder": ["transformers", "Qwen3ForCausalLM"],
                 "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"], "tokenizer": ["transformers", "Qwen2Tokenizer"],
                 "vae": ["diffusers", "AutoencoderKLFlux2"], "text_encoder_out_layers": [1], "max_sequence_length": 64,
                 "pad_to_multiple_of": 8, "default_size": 64, "min_size": 64, "max_size": 64, "refinement_noise": 0.1,
                 "default_steps": 4, "default_guidance_scale": 1.0}""");

        private final String file;
        private final Consumer<Path> reader;
        private final String json;

        Part(String file, Consumer<Path> reader, String json) {
            this.file = file;
            this.reader = reader;
            this.json = json;
        }

        ObjectNode node() {
            return (ObjectNode) JSON.readTree(json);
        }
    }

    /** Rows of part, field, value, what is expected of it; the value "absent" leaves the field out. */
    @ParameterizedTest
    @CsvFileSource(resources = "/config-messages.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void aWrongValueIsNamedWithWhatIsExpected(Part part, String field, String value, String expected)
            throws IOException {
        ObjectNode node = part.node();
        if (value.equals("absent")) {
            node.remove(field);
        } else {
            node.set(field, JSON.readTree(value));
        }

        assertRefused(part, node, field + ": expected ", expected, value.equals("absent") ? "found nothing" : value);
    }

    static Stream<Arguments> fields() {
        return Arrays.stream(Part.values())
                .flatMap(part -> part.node().propertyNames().stream().map(field -> Arguments.of(part, field)));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyFieldRefusesAValueOfAnotherType(Part part, String field) throws IOException {
        String other = field.equals("rope_parameters") ? "7" : "{\"a\":1}";
        ObjectNode node = part.node();
        node.set(field, JSON.readTree(other));

        assertRefused(part, node, field + ": expected ", "found " + other);
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void theConfigurationsThatAreChangedHereAreRight(Part part) throws IOException {
        part.reader.accept(write(part, part.node()));
    }

    @Test
    void aComponentsClassIsNamedWithThoseThatAreKnown() throws IOException {
        ObjectNode node = Part.INDEX.node();
        node.set("vae", JSON.readTree("[\"diffusers\", \"AutoencoderKL\"]"));

        assertRefused(Part.INDEX, node, "vae: ", "'AutoencoderKL'", "AutoencoderKLFlux2", "PatchTransformAutoencoder");
    }

    @Test
    void aLongValueIsShortened() throws IOException {
        ObjectNode node = Part.TRANSFORMER.node();
        node.put("in_channels", "x".repeat(10_000));
        Path file = write(Part.TRANSFORMER, node);

        assertThatThrownBy(() -> Part.TRANSFORMER.reader.accept(file))
                .satisfies(e -> assertThat(e.getMessage())
                        .hasSizeLessThan(400 + file.toString().length()));
    }

    private void assertRefused(Part part, ObjectNode node, String... named) throws IOException {
        Path file = write(part, node);

        assertThatThrownBy(() -> part.reader.accept(file))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContainingAll(named);
    }

    private Path write(Part part, ObjectNode node) throws IOException {
        Path file = folder.resolve(part.file);
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writeValueAsString(node));
        return file;
    }
}
