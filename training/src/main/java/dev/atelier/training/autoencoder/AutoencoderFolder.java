package dev.atelier.training.autoencoder;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.training.optim.ParameterStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.json.JsonMapper;

/** Writes a frozen model as a {@code vae} component: bf16 weights, fp32 statistics, and a configuration as diffusers has it. */
final class AutoencoderFolder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AutoencoderFolder() {}

    static void write(AutoencoderModel model, Path folder) {
        try (var _ = new NoGradGuard()) {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("config.json"),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(model.config)) + "\n");
            Scopes.run(() -> {
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                model.parameters.slots().forEach((name, slot) -> {
                    Tensor value = ParameterStore.view(model.parameters.values(), slot);
                    tensors.put(name, name.startsWith("bn.") ? value : Tensors.to(value, DType.BF16));
                });
                SafetensorsWriter.write(
                        folder.resolve("diffusion_pytorch_model.safetensors"), tensors, Map.of("format", "pt"));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> json(AutoencoderConfig c) {
        int levels = c.blockOutChannels().size();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("_class_name", AutoencoderConfig.CLASS_NAME);
        out.put("act_fn", "silu");
        out.put("in_channels", c.inChannels());
        out.put("out_channels", c.outChannels());
        out.put("block_out_channels", c.blockOutChannels());
        out.put("decoder_block_out_channels", c.decoderBlockOutChannels());
        out.put("down_block_types", Collections.nCopies(levels, "DownEncoderBlock2D"));
        out.put("up_block_types", Collections.nCopies(levels, "UpDecoderBlock2D"));
        out.put("layers_per_block", c.layersPerBlock());
        out.put("latent_channels", c.latentChannels());
        out.put("norm_num_groups", c.normNumGroups());
        out.put("use_quant_conv", c.useQuantConv());
        out.put("use_post_quant_conv", c.usePostQuantConv());
        out.put("mid_block_add_attention", c.midBlockAddAttention());
        out.put("patch_size", List.of(AutoencoderConfig.PATCH, AutoencoderConfig.PATCH));
        out.put("batch_norm_eps", c.batchNormEps());
        return out;
    }
}
