package dev.atelier.engine.vae;

import dev.atelier.engine.nn.Conv2d;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.tensor.Scopes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Pictures to moments of latents. Keys: {@code encoder.}. Source: diffusers {@code models/autoencoders/vae.py}. */
final class Encoder {
    private static final Conv2d.Geometry DOWNSAMPLE = new Conv2d.Geometry(3, 2, 0);

    private final Conv2d convIn;
    private final List<Level> downBlocks = new ArrayList<>();
    private final MidBlock midBlock;
    private final GroupNorm convNormOut;
    private final Conv2d convOut;

    /** Residual blocks, then (but for the coarsest level) a convolution that halves the size. */
    private record Level(List<ResnetBlock> resnets, Conv2d downsampler) {}

    Encoder(AutoencoderConfig c, Layers layers) {
        List<Integer> channels = c.blockOutChannels();
        int groups = c.normNumGroups();
        convIn = layers.conv("conv_in", c.inChannels(), channels.getFirst(), Conv2d.Geometry.SAME_3X3);
        int in = channels.getFirst();
        for (int i = 0; i < channels.size(); i++) {
            Layers level = layers.at("down_blocks", i);
            int out = channels.get(i);
            List<ResnetBlock> resnets = new ArrayList<>();
            for (int j = 0; j < c.layersPerBlock(); j++) {
                resnets.add(new ResnetBlock(level.at("resnets", j), j == 0 ? in : out, out, groups));
            }
            boolean last = i == channels.size() - 1;
            downBlocks.add(
                    new Level(resnets, last ? null : level.at("downsamplers", 0).conv("conv", out, out, DOWNSAMPLE)));
            in = out;
        }
        midBlock = new MidBlock(layers.at("mid_block"), in, groups, c.midBlockAddAttention());
        convNormOut = new GroupNorm(layers, "conv_norm_out", in, groups);
        convOut = layers.conv("conv_out", in, 2L * c.latentChannels(), Conv2d.Geometry.SAME_3X3);
    }

    /** @param image (B, 3, H, W) @return means then log-variances (B, 2z, H/s, W/s) */
    Tensor forward(Tensor image) {
        return Scopes.scoped(() -> {
            Tensor x = convIn.forward(image.contiguous(torch.MemoryFormat.ChannelsLast));
            for (Level level : downBlocks) {
                for (ResnetBlock resnet : level.resnets()) {
                    Tensor in = x;
                    x = resnet.forward(in);
                    in.close();
                }
                if (level.downsampler() != null) {
                    Tensor in = x;
                    // One row below and one column to the right, as diffusers' Downsample2D with padding 0.
                    x = Scopes.scoped(() -> level.downsampler().forward(torch.constant_pad_nd(in, 0, 1, 0, 1)));
                    in.close();
                }
            }
            return convOut.forward(torch.silu(convNormOut.forward(midBlock.forward(x))));
        });
    }
}
