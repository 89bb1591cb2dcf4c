package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.lora.LoraDialect;
import dev.atelier.engine.lora.LoraDialect.Factors;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.EngineOptions.Lora;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.TinyModels;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraTest {
    private static final String LAYER = "single_transformer_blocks.1.attn.to_out";
    private static final String WEIGHTS = "transformer/diffusion_pytorch_model.safetensors";
    private static final int RANK = 2;
    private static final double SCALE = 0.5;
    private static final double ALPHA = 6;

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void copy() {
        model = TinyModels.distilled(folder.resolve("model"));
    }

    @Test
    void anAdapterEqualsItsProductAddedToTheWeight() throws IOException {
        Path lora = folder.resolve("lora.safetensors");
        Path fused = TinyModels.distilled(folder.resolve("fused"));
        Scopes.run(() -> {
            try (SafetensorsFile file = SafetensorsFile.open(model.resolve(WEIGHTS))) {
                long[] shape = file.shape(LAYER + ".weight");
                torch.manual_seed(5);
                Tensor down = torch.randn(RANK, shape[1]).mul(new Scalar(0.2));
                Tensor up = torch.randn(shape[0], RANK).mul(new Scalar(0.2));
                write(lora, "transformer." + LAYER, down, up);
                Map<String, Tensor> weights = new LinkedHashMap<>();
                file.names().forEach(name -> weights.put(name, file.tensor(name)));
                Tensor product = up.matmul(down).mul(new Scalar(SCALE * ALPHA / RANK));
                weights.put(LAYER + ".weight", weights.get(LAYER + ".weight").add(product));
                SafetensorsWriter.write(fused.resolve(WEIGHTS), weights, Map.of());
            }
        });

        byte[] plain = picture(model, List.of());
        byte[] adapted = picture(model, List.of(new Lora(lora, SCALE)));
        byte[] expected = picture(fused, List.of());

        assertThat(adapted).isNotEqualTo(plain);
        for (int i = 0; i < expected.length; i++) {
            assertThat((adapted[i] & 0xff) - (expected[i] & 0xff)).isBetween(-1, 1);
        }
    }

    @Test
    void anAdapterOfAnotherModelIsRefusedByName() throws IOException {
        Path lora = folder.resolve("lora.safetensors");
        Scopes.run(() -> write(
                lora, "transformer." + LAYER, Tensors.zeros(DType.F32, RANK, 8), Tensors.zeros(DType.F32, 8, RANK)));
        assertThatThrownBy(() -> picture(model, List.of(new Lora(lora, 1))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(LAYER)
                .hasMessageContaining("found one from 8 to 8");

        Scopes.run(() -> write(
                lora, "transformer.nowhere", Tensors.zeros(DType.F32, RANK, 8), Tensors.zeros(DType.F32, 8, RANK)));
        assertThatThrownBy(() -> picture(model, List.of(new Lora(lora, 1))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("nowhere");

        Files.write(lora, new byte[12]);
        assertThatThrownBy(() -> picture(model, List.of(new Lora(lora, 1)))).isInstanceOf(EngineException.class);
    }

    @Test
    void everyDialectGivesTheSamePicture() {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (LoraDialect dialect : LoraDialect.values()) {
            Path lora = folder.resolve(dialect + ".safetensors");
            Scopes.run(() -> {
                torch.manual_seed(9);
                // Widths of the model: 32 channels, dim 128, feed-forward 384, prompt embeddings 192.
                Map<String, Factors> adapter = new LinkedHashMap<>();
                adapter.put("double_blocks.0.img_attn.qkv", factors(128, 384));
                adapter.put("double_blocks.1.txt_attn.qkv", factors(128, 384));
                adapter.put("double_blocks.1.txt_mlp.2", factors(384, 128));
                adapter.put("single_blocks.2.linear1", factors(128, 1152));
                adapter.put("final_layer.adaLN_modulation.1", factors(128, 256));
                adapter.put("img_in", factors(32, 128));
                dialect.write(lora, adapter);
            });
            pictures.put(dialect.name(), picture(model, List.of(new Lora(lora, 1))));
        }
        byte[] expected = pictures.get(LoraDialect.DIFFUSERS.name());
        assertThat(expected).isNotEqualTo(picture(model, List.of()));
        pictures.forEach((dialect, bytes) -> assertThat(bytes).as(dialect).isEqualTo(expected));
    }

    private static Factors factors(long in, long out) {
        return new Factors(
                torch.randn(RANK, in).mul(new Scalar(0.1)),
                torch.randn(out, RANK).mul(new Scalar(0.1)),
                ALPHA);
    }

    private static void write(Path file, String layer, Tensor down, Tensor up) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(layer + ".lora_A.weight", down);
        tensors.put(layer + ".lora_B.weight", up);
        tensors.put(layer + ".alpha", Tensors.full(ALPHA, DType.F32, 1));
        SafetensorsWriter.write(file, tensors, Map.of());
    }

    private static byte[] picture(Path model, List<Lora> loras) {
        try (Flux2Pipeline pipeline =
                Flux2Pipeline.open(model, EngineOptions.defaults().withLoras(loras))) {
            return pipeline.generate(ImageRequest.of("a lake", 3), GenerationListener.NONE, Cancellation.none())
                    .getFirst()
                    .picture()
                    .toBytes();
        }
    }
}
