package dev.atelier.engine.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** FLUX.2's autoencoder as diffusers' {@code autoencoder_kl_flux2.py} has it; pictures are {@code [channel][row][column]}. */
public final class SlowAutoencoder {
    private final Shape shape;
    private final SeededWeights weights;
    private final Fault fault;

    /**
     * @param channels of the encoder's levels, finest first
     * @param decoderChannels of the decoder's levels, finest first
     */
    public record Shape(
            List<Integer> channels,
            List<Integer> decoderChannels,
            int layers,
            int latent,
            int groups,
            boolean quant,
            boolean postQuant,
            boolean attention) {
        static final double EPS = 1e-6;
        static final double BATCH_NORM_EPS = 1e-4;

        /** Pixels a side of a token. */
        public int multiple() {
            return 1 << channels.size();
        }

        Map<String, Object> config() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("_class_name", "AutoencoderKLFlux2");
            out.put("in_channels", 3);
            out.put("out_channels", 3);
            out.put("block_out_channels", channels);
            out.put("decoder_block_out_channels", decoderChannels);
            out.put("layers_per_block", layers);
            out.put("latent_channels", latent);
            out.put("norm_num_groups", groups);
            out.put("use_quant_conv", quant);
            out.put("use_post_quant_conv", postQuant);
            out.put("mid_block_add_attention", attention);
            out.put("batch_norm_eps", BATCH_NORM_EPS);
            return out;
        }
    }

    public SlowAutoencoder(Shape shape, SeededWeights weights, Fault fault) {
        this.shape = shape;
        this.weights = weights;
        this.fault = fault;
    }

    /** Normalised tokens {@code [4 z][rows / multiple][columns / multiple]}: the posterior's mean. */
    public double[][][] encode(double[][][] image) {
        int z = shape.latent();
        double[][][] x = conv(image, "encoder.conv_in", shape.channels().getFirst(), 3, 1);
        for (int level = 0; level < shape.channels().size(); level++) {
            String at = "encoder.down_blocks." + level + ".";
            for (int j = 0; j < shape.layers(); j++) {
                x = resnet(x, at + "resnets." + j + ".", shape.channels().get(level));
            }
            if (level < shape.channels().size() - 1) {
                x = halved(x, at + "downsamplers.0.conv");
            }
        }
        x = mid(x, "encoder.mid_block.");
        x = conv(silu(groupNorm(x, "encoder.conv_norm_out")), "encoder.conv_out", 2 * z, 3, 1);
        if (shape.quant()) {
            x = conv(x, "quant_conv", 2 * z, 1, 0);
        }
        return normalized(x);
    }

    /** @param tokens {@code [4 z][h][w]}, normalised @return {@code [3][h * multiple][w * multiple]} */
    public double[][][] decode(double[][][] tokens) {
        List<Integer> channels = shape.decoderChannels().reversed();
        double[][][] x = unpatched(tokens);
        if (shape.postQuant()) {
            x = conv(x, "post_quant_conv", shape.latent(), 1, 0);
        }
        x = mid(conv(x, "decoder.conv_in", channels.getFirst(), 3, 1), "decoder.mid_block.");
        for (int level = 0; level < channels.size(); level++) {
            String at = "decoder.up_blocks." + level + ".";
            for (int j = 0; j <= shape.layers(); j++) {
                x = resnet(x, at + "resnets." + j + ".", channels.get(level));
            }
            if (level < channels.size() - 1) {
                x = conv(twice(x), at + "upsamplers.0.conv", channels.get(level), 3, 1);
            }
        }
        return conv(silu(groupNorm(x, "decoder.conv_norm_out")), "decoder.conv_out", 3, 3, 1);
    }

    private double[][][] normalized(double[][][] moments) {
        int h = moments[0].length / 2;
        int w = moments[0][0].length / 2;
        double[][][] out = new double[4 * shape.latent()][h][w];
        double[] mean = mean();
        double[] deviation = deviation();
        for (int z = 0; z < shape.latent(); z++) {
            for (int y = 0; y < 2 * h; y++) {
                for (int x = 0; x < 2 * w; x++) {
                    int c = tokenChannel(z, y % 2, x % 2);
                    out[c][y / 2][x / 2] = (moments[z][y][x] - mean[c]) / deviation[c];
                }
            }
        }
        return out;
    }

    private double[][][] unpatched(double[][][] tokens) {
        int h = tokens[0].length;
        int w = tokens[0][0].length;
        double[][][] out = new double[shape.latent()][2 * h][2 * w];
        double[] mean = mean();
        double[] deviation = deviation();
        for (int z = 0; z < shape.latent(); z++) {
            for (int y = 0; y < 2 * h; y++) {
                for (int x = 0; x < 2 * w; x++) {
                    int c = tokenChannel(z, y % 2, x % 2);
                    out[z][y][x] = tokens[c][y / 2][x / 2] * deviation[c] + mean[c];
                }
            }
        }
        return out;
    }

    private int tokenChannel(int z, int row, int column) {
        return fault == Fault.PATCH_ORDER ? (2 * row + column) * shape.latent() + z : 4 * z + 2 * row + column;
    }

    private double[] mean() {
        return weights.get("bn.running_mean", 4 * shape.latent());
    }

    private double[] deviation() {
        weights.counter("bn.num_batches_tracked");
        double[] out = weights.get("bn.running_var", 4 * shape.latent()).clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.sqrt(out[i] + (fault == Fault.LATENTS_WITHOUT_EPS ? 0 : Shape.BATCH_NORM_EPS));
        }
        return out;
    }

    private double[][][] mid(double[][][] x, String at) {
        double[][][] h = resnet(x, at + "resnets.0.", x.length);
        return resnet(shape.attention() ? attended(h, at + "attentions.0.") : h, at + "resnets.1.", x.length);
    }

    /** One head as wide as the channels, over all pixels. */
    private double[][][] attended(double[][][] x, String at) {
        int c = x.length;
        int w = x[0][0].length;
        double[][][] normed = groupNorm(x, at + "group_norm");
        double[][] tokens = new double[x[0].length * w][c];
        for (int i = 0; i < tokens.length; i++) {
            for (int j = 0; j < c; j++) {
                tokens[i][j] = normed[j][i / w][i % w];
            }
        }
        double[][] mixed = SlowMath.attention(
                biased(tokens, at + "to_q"),
                biased(tokens, at + "to_k"),
                biased(tokens, at + "to_v"),
                c,
                1,
                _ -> tokens.length);
        double[][] out = biased(mixed, at + "to_out.0");
        double[][][] sum = new double[c][x[0].length][w];
        for (int i = 0; i < tokens.length; i++) {
            for (int j = 0; j < c; j++) {
                sum[j][i / w][i % w] = x[j][i / w][i % w] + out[i][j];
            }
        }
        return sum;
    }

    private double[][] biased(double[][] x, String name) {
        int c = x[0].length;
        return SlowMath.linear(x, weights.get(name + ".weight", c, c), weights.get(name + ".bias", c));
    }

    private double[][][] resnet(double[][][] x, String at, int out) {
        double[][][] h = conv(silu(groupNorm(x, at + "norm1")), at + "conv1", out, 3, 1);
        h = conv(silu(groupNorm(h, at + "norm2")), at + "conv2", out, 3, 1);
        double[][][] shortcut = x.length == out ? x : conv(x, at + "conv_shortcut", out, 1, 0);
        for (int c = 0; c < out; c++) {
            h[c] = SlowMath.add(h[c], shortcut[c]);
        }
        return h;
    }

    private double[][][] groupNorm(double[][][] x, String name) {
        double[] weight = weights.get(name + ".weight", x.length);
        double[] bias = weights.get(name + ".bias", x.length);
        int group = x.length / shape.groups();
        int count = group * x[0].length * x[0][0].length;
        double[][][] out = new double[x.length][x[0].length][x[0][0].length];
        for (int first = 0; first < x.length; first += group) {
            double mean = 0;
            double squares = 0;
            for (int c = first; c < first + group; c++) {
                for (double[] row : x[c]) {
                    for (double v : row) {
                        mean += v / count;
                        squares += v * v / count;
                    }
                }
            }
            double deviation = Math.sqrt(squares - mean * mean + Shape.EPS);
            for (int c = first; c < first + group; c++) {
                for (int i = 0; i < x[c].length; i++) {
                    for (int j = 0; j < x[c][i].length; j++) {
                        out[c][i][j] = (x[c][i][j] - mean) / deviation * weight[c] + bias[c];
                    }
                }
            }
        }
        return out;
    }

    private static double[][][] silu(double[][][] x) {
        double[][][] out = new double[x.length][][];
        for (int c = 0; c < x.length; c++) {
            out[c] = SlowMath.silu(x[c]);
        }
        return out;
    }

    private static double[][][] twice(double[][][] x) {
        double[][][] out = new double[x.length][2 * x[0].length][2 * x[0][0].length];
        for (int c = 0; c < x.length; c++) {
            for (int i = 0; i < out[c].length; i++) {
                for (int j = 0; j < out[c][i].length; j++) {
                    out[c][i][j] = x[c][i / 2][j / 2];
                }
            }
        }
        return out;
    }

    /** Every second place of a 3x3 convolution, with zeros below and to the right only. */
    private double[][][] halved(double[][][] x, String name) {
        double[] weight = weights.get(name + ".weight", x.length, x.length, 3, 3);
        double[] bias = weights.get(name + ".bias", x.length);
        int before = fault == Fault.DOWNSAMPLING_PADDED_EVENLY ? 1 : 0;
        double[][][] out = new double[x.length][x[0].length / 2][x[0][0].length / 2];
        for (int o = 0; o < x.length; o++) {
            for (int i = 0; i < out[o].length; i++) {
                for (int j = 0; j < out[o][i].length; j++) {
                    out[o][i][j] = bias[o] + window(x, weight, o, 2 * i - before, 2 * j - before, 3);
                }
            }
        }
        return out;
    }

    private double[][][] conv(double[][][] x, String name, int channels, int kernel, int padding) {
        double[] weight = weights.get(name + ".weight", channels, x.length, kernel, kernel);
        double[] bias = weights.get(name + ".bias", channels);
        double[][][] out = new double[channels][x[0].length][x[0][0].length];
        for (int o = 0; o < channels; o++) {
            for (int i = 0; i < out[o].length; i++) {
                for (int j = 0; j < out[o][i].length; j++) {
                    out[o][i][j] = bias[o] + window(x, weight, o, i - padding, j - padding, kernel);
                }
            }
        }
        return out;
    }

    /** The window whose upper left corner is (row, column) times a filter; zeros outside. */
    private static double window(double[][][] x, double[] weight, int out, int row, int column, int kernel) {
        double sum = 0;
        for (int c = 0; c < x.length; c++) {
            for (int a = 0; a < kernel; a++) {
                for (int b = 0; b < kernel; b++) {
                    boolean inside =
                            row + a >= 0 && row + a < x[c].length && column + b >= 0 && column + b < x[c][0].length;
                    if (inside) {
                        sum += x[c][row + a][column + b] * weight[((out * x.length + c) * kernel + a) * kernel + b];
                    }
                }
            }
        }
        return sum;
    }
}
