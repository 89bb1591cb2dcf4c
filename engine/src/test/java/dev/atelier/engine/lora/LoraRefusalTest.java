package dev.atelier.engine.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no LoRA of FLUX.2 is refused by its name and with the key that told; how the scale is noted. */
class LoraRefusalTest {
    private static final String LAYER = "transformer_blocks.0.attn.to_q";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("adapter.safetensors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "diffusion_model.double_blocks.0.img_attn.qkv.lokr_w1|LoKr",
                "lycoris_transformer_blocks_0_attn_to_q.lokr_w2_a|LoKr",
                "lora_unet_double_blocks_0_img_attn_qkv.hada_w1_a|LoHa",
                "transformer.transformer_blocks.0.attn.to_q.dora_scale|DoRA",
                "base_model.model.transformer_blocks.0.attn.to_q.lora_magnitude_vector|DoRA",
                "transformer.transformer_blocks.0.attn.to_q.lora_magnitude_vector.default.weight|DoRA",
                "lora_unet_double_blocks_0_img_attn_qkv.oft_blocks|OFT, BOFT",
                "transformer.transformer_blocks.0.attn.to_q.oft_R.weight|OFT, BOFT",
                "transformer.transformer_blocks.0.attn.to_q.boft_R|OFT, BOFT",
                "diffusion_model.double_blocks.0.img_attn.qkv.diff|full difference",
                "diffusion_model.double_blocks.0.img_attn.qkv.diff_b|full difference",
                "diffusion_model.double_blocks.0.img_attn.norm.query_norm.w_norm|full difference",
                "diffusion_model.img_in.a1.weight|GLoRA",
                "transformer.transformer_blocks.0.attn.to_q.ia3_l|IA3",
                "lora_te_text_model_encoder_layers_0_mlp_fc1.lora_down.weight|text encoder",
                "lora_te1_text_model_encoder_layers_0_mlp_fc1.alpha|text encoder",
                "text_encoder.model.layers.0.self_attn.q_proj.lora_A.weight|text encoder",
                "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight|text encoder",
                "diffusion_model.double_blocks.0.img_attn.qkv.lora_A.bias|bias",
                "lora_unet_img_in.lora_mid.weight|two factors",
                "double_blocks.0.img_attn.qkv.weight|not an adapter",
                "transformer_blocks.0.attn.to_q.weight_scale|quantised",
                "lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight|Stable Diffusion 1, 2 or XL",
                "unet.mid_block.attentions.0.proj_in.lora_A.weight|Stable Diffusion 1, 2 or XL",
                "transformer.single_transformer_blocks.0.proj_mlp.lora_A.weight|FLUX.1",
                "transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight|FLUX.1",
                "lora_unet_single_blocks_0_modulation_lin.lora_down.weight|FLUX.1",
                "lora_unet_double_blocks_0_img_mod_lin.lora_down.weight|FLUX.1",
                "transformer.transformer_blocks.0.ff.net.0.proj.lora_A.weight|FLUX.1 or Stable Diffusion 3",
                "lora_unet_joint_blocks_0_x_block_attn_qkv.lora_down.weight|Stable Diffusion 3",
                "transformer.transformer_blocks.0.img_mod.1.lora_A.weight|Qwen-Image",
                "diffusion_model.double_blocks.0.img_attn_qkv.lora_A.weight|HunyuanVideo",
                "diffusion_model.layers.0.attention.to_q.lora_A.weight|Z-Image",
                "diffusion_model.blocks.0.cross_attn.q.lora_A.weight|Wan",
                "transformer.nowhere.lora_A.weight|no layer of FLUX.2",
                "transformer.transformer_blocks.0.attn.to_q.lora_Z.weight|no part of a LoRA"
            })
    void everyOtherKindIsNamedWithTheKeyThatTold(String key, String kind) {
        Scopes.run(() -> {
            Map<String, Tensor> tensors = lora(LAYER);
            tensors.put(key, Tensors.ones(DType.F32, 2, 2));
            SafetensorsWriter.write(file, tensors, Map.of());
        });
        assertRefused(file + ": " + key + ": ", kind);
    }

    @Test
    void factorsIn8BitFloatsAreRefusedByName() throws IOException {
        String entry = "\"x.lora_A.weight\":{\"dtype\":\"F8_E4M3\",\"shape\":[2,2],\"data_offsets\":[0,4]}";
        Files.write(file, safetensors("{" + entry + "}", new byte[4]));
        assertRefused("x.lora_A.weight", "F8_E4M3", "floats of 8 bits", "F32, F16 or BF16");
    }

    @ParameterizedTest
    @CsvSource({
        "modelspec.architecture,flux-1-dev/lora,FLUX.1",
        "modelspec.architecture,stable-diffusion-xl-v1-base/lora,Stable Diffusion XL",
        "ss_base_model_version,flux1,FLUX.1",
        "ss_base_model_version,sdxl_base_v1-0,Stable Diffusion XL",
        "ss_base_model_version,sd_1.5,Stable Diffusion"
    })
    void anAdapterThatSaysItIsOfAnotherModelIsRefused(String key, String value, String model) {
        Scopes.run(() -> SafetensorsWriter.write(file, lora(LAYER), Map.of(key, value)));
        assertRefused(key, value, model, "FLUX.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Flux.2-klein-4b/lora", "flux2", "flux-2-dev/lora", "my own"})
    void anAdapterThatSaysItIsOfFlux2IsRead(String architecture) {
        Scopes.run(() -> SafetensorsWriter.write(file, lora(LAYER), Map.of("modelspec.architecture", architecture)));
        assertThat(added()).isEqualTo(2, offset(1e-6));
    }

    @Test
    void damagedFactorsAreNamed() {
        Scopes.run(() -> {
            Map<String, Tensor> alone = lora(LAYER);
            alone.remove(LAYER + ".lora_B.weight");
            SafetensorsWriter.write(file, alone, Map.of());
            assertRefused(LAYER + ".lora_A.weight", "no lora_B or lora_up beside it");

            SafetensorsWriter.write(file, Map.of(LAYER + ".alpha", Tensors.ones(DType.F32, 1)), Map.of());
            assertRefused(LAYER + ".alpha", "no lora_A or lora_down beside it");

            Map<String, Tensor> ranks = lora(LAYER);
            ranks.put(LAYER + ".lora_B.weight", Tensors.ones(DType.F32, 4, 3));
            SafetensorsWriter.write(file, ranks, Map.of());
            assertRefused("[2, 4]", "[4, 3]", "do not share a rank");

            Map<String, Tensor> whole = lora(LAYER);
            whole.put(LAYER + ".lora_B.weight", Tensors.ones(DType.I8, 4, 2));
            SafetensorsWriter.write(file, whole, Map.of());
            assertRefused(LAYER + ".lora_B.weight", "stored as I8");

            Map<String, Tensor> alphas = lora(LAYER);
            alphas.put(LAYER + ".alpha", Tensors.full(Double.NaN, DType.F32, 1));
            SafetensorsWriter.write(file, alphas, Map.of());
            assertRefused(LAYER + ".alpha", "NaN is no factor");

            Map<String, Tensor> fused = lora("double_blocks.0.img_attn.qkv");
            SafetensorsWriter.write(file, fused, Map.of());
            assertRefused("double_blocks.0.img_attn.qkv.lora_B.weight", "4 rows are not 3 equal parts");

            Map<String, Tensor> two = lora(LAYER);
            two.put(LAYER + ".lora_A.second.weight", Tensors.ones(DType.F32, 2, 4));
            SafetensorsWriter.write(file, two, Map.of());
            assertRefused(LAYER + ".lora_A.second.weight", "one adapter a file");

            SafetensorsWriter.write(file, Map.of(), Map.of());
            assertRefused("holds no tensors");
        });
    }

    @Test
    void anAdapterOfAnotherSizeOrDepthIsNamedWithItsKey() {
        Scopes.run(() -> {
            Map<String, Tensor> tensors = lora("diffusion_model.double_blocks.31.img_mlp.0");
            SafetensorsWriter.write(file, tensors, Map.of());
            try (LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
                adapters.add(file, 1);
                Linear base = x -> x;
                assertThatThrownBy(() -> adapters.around(base, "transformer_blocks.31.ff.linear_in", 8, 16))
                        .isInstanceOf(EngineException.class)
                        .hasMessageContaining("diffusion_model.double_blocks.31.img_mlp.0.lora_A.weight")
                        .hasMessageContaining("from 8 to 16, found one from 4 to 4");
                adapters.around(base, LAYER, 4, 4);
            }
            try (LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
                adapters.add(file, 1);
                assertThatThrownBy(adapters::requireAllUsed)
                        .hasMessageContaining("diffusion_model.double_blocks.31.img_mlp.0.lora_A.weight")
                        .hasMessageContaining("no layer transformer_blocks.31.ff.linear_in");
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"transformer.r\": 2, \"transformer.lora_alpha\": 6}|6",
                "{\"transformer.lora_alpha\": 6, \"transformer.alpha_pattern\": {\"attn.to_q\": 1}}|1",
                "{\"transformer.lora_alpha\": 6, \"transformer.alpha_pattern\": {\"attn.to_k\": 1}}|6",
                "{\"transformer.lora_alpha\": 6, \"transformer.use_rslora\": true}|8.485281374",
                "{\"transformer.lora_alpha\": \"six\"}|2",
                "{\"unfinished|2",
                "[1]|2"
            })
    void theScaleThatDiffusersNotesCounts(String noted, double expected) {
        Scopes.run(() -> SafetensorsWriter.write(file, lora(LAYER), Map.of("lora_adapter_metadata", noted)));
        assertThat(added()).isEqualTo(expected, offset(1e-5));
    }

    @Test
    void theConfigurationThatPeftKeepsBesideItsFileCounts() throws IOException {
        file = folder.resolve("adapter_model.safetensors");
        Scopes.run(() -> SafetensorsWriter.write(file, lora("base_model.model." + LAYER), Map.of()));
        assertThat(added()).isEqualTo(2);
        Files.writeString(folder.resolve("adapter_config.json"), "{\"r\": 2, \"lora_alpha\": 8}");
        assertThat(added()).isEqualTo(8);

        Map<String, Tensor> withAlpha = new LinkedHashMap<>();
        Scopes.run(() -> {
            withAlpha.putAll(lora(LAYER));
            withAlpha.put(LAYER + ".alpha", Tensors.full(3, DType.F32));
            SafetensorsWriter.write(file, withAlpha, Map.of());
        });
        assertThat(added()).as("alpha in the file comes first").isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"step\": 100, \"x\": {\"a\": [1, null]}, \"format\": \"pt\"}",
                "[1, 2]",
                "null",
                "7",
                "{\"modelspec.architecture\": {\"flux-1\": 1}}"
            })
    void metadataOfAnotherShapeAreLeftAside(String metadata) throws IOException {
        String header = "{\"__metadata__\":" + metadata + ",\"" + LAYER
                + ".lora_A.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"" + LAYER
                + ".lora_B.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[4,8]}}";
        ByteBuffer data = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(3)
                .putFloat(5);
        Files.write(file, safetensors(header, data.array()));
        try (LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
            adapters.add(file, 1);
            double product = Scopes.plain(() -> adapters.around(x -> x.mul(x), LAYER, 1, 1)
                    .forward(torch.eye(1))
                    .item_double());
            assertThat(product).isEqualTo(16);
        }
    }

    /** Factors of rank 2 from 4 to 4, all 1: every element of their product is 2. */
    private static Map<String, Tensor> lora(String module) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(module + ".lora_A.weight", Tensors.ones(DType.F32, 2, 4));
        out.put(module + ".lora_B.weight", Tensors.ones(DType.F32, 4, 2));
        return out;
    }

    /** An element of what the file adds to the layer's weight. */
    private double added() {
        try (LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
            adapters.add(file, 1);
            return Scopes.plain(() -> adapters.around(x -> Tensors.zeros(DType.F32, 4, 4), LAYER, 4, 4)
                    .forward(torch.eye(4))
                    .select(0, 1)
                    .select(0, 2)
                    .item_double());
        }
    }

    private void assertRefused(String... parts) {
        try (LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
            assertThatThrownBy(() -> adapters.add(file, 1))
                    .isInstanceOf(EngineException.class)
                    .message()
                    .startsWith(file + ": ")
                    .contains(parts);
        }
    }

    private static byte[] safetensors(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .array());
        out.writeBytes(text);
        out.writeBytes(data);
        return out.toByteArray();
    }
}
