package dev.atelier.engine.vae;

import dev.atelier.engine.nn.Conv2d;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.tensor.Scopes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Latents to pictures. Keys: {@code decoder.}. Source: diffusers {@code models/autoencoders/vae.py}. */
final class Decoder {
    private final Conv2d convIn;
    private final MidBlock midBlock;
    private final List<Level> upBlocks = new ArrayList<>();
    private final GroupNorm convNormOut;
    private final Conv2d convOut;

    /** Residual blocks, then (but for the finest level) doubling by nearest neighbours and a convolution. */
    private record Level(List<ResnetBlock> resnets, Conv2d upsampler) {}

    Decoder(AutoencoderConfig c, Layers layers) {
        List<Integer> channels = c.decoderBlockOutChannels().reversed();
        int groups = c.normNumGroups();
        int in = channels.getFirst();
        convIn = layers.conv("conv_in", c.latentChannels(), in, Conv2d.Geometry.SAME_3X3);
        midBlock = new MidBlock(layers.at("mid_block"), in, groups, c.midBlockAddAttention());
        for (int i = 0; i < channels.size(); i++) {
            Layers level = layers.at("up_blocks", i);
            int out = channels.get(i);
            List<ResnetBlock> resnets = new ArrayList<>();
            for (int j = 0; j <= c.layersPerBlock(); j++) {
                resnets.add(new ResnetBlock(level.at("resnets", j), j == 0 ? in : out, out, groups));
            }
            boolean last = i == channels.size() - 1;
            Conv2d upsampler = last ? null : level.at("upsamplers", 0).conv("conv", out, out, Conv2d.Geometry.SAME_3X3);
            upBlocks.add(new Level(resnets, upsampler));
            in = out;
        }
        convNormOut = new GroupNorm(layers, "conv_norm_out", in, groups);
        convOut = layers.conv("conv_out", in, c.outChannels(), Conv2d.Geometry.SAME_3X3);
    }

    /** @param z (B, z, h, w) @return (B, 3, h·s, w·s) */
    Tensor forward(Tensor z) {
        return Scopes.scoped(() -> {
            Tensor x = convIn.forward(z.contiguous(torch.MemoryFormat.ChannelsLast));
            Tensor start = x;
            x = midBlock.forward(start);
            start.close();
            for (Level level : upBlocks) {
                for (ResnetBlock resnet : level.resnets()) {
                    Tensor in = x;
                    x = resnet.forward(in);
                    in.close();
                }
                if (level.upsampler() != null) {
                    Tensor in = x;
                    x = Scopes.scoped(() -> level.upsampler().forward(twice(in)));
                    in.close();
                }
            }
            Tensor last = x;
            Tensor activated = Scopes.scoped(() -> torch.silu(convNormOut.forward(last)));
            last.close();
            return convOut.forward(activated);
        });
    }

    private static Tensor twice(Tensor x) {
        return torch.upsample_nearest2d(
                x, new long[] {2 * x.size(2), 2 * x.size(3)}, new DoubleOptional(), new DoubleOptional());
    }
}
