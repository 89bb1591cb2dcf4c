package dev.atelier.engine.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The FLUX.2 transformer as diffusers' {@code transformer_flux2.py} has it, one picture at a time. */
public final class SlowFlux2 {
    private final Shape shape;
    private final SeededWeights weights;
    private final Fault fault;

    /** @param guidance whether the model takes the guidance scale */
    public record Shape(
            int channels,
            int doubleBlocks,
            int singleBlocks,
            int heads,
            int headDim,
            int joint,
            int timeChannels,
            double mlpRatio,
            List<Integer> axes,
            boolean guidance) {
        static final double EPS = 1e-6;
        static final double THETA = 2000;

        int dim() {
            return heads * headDim;
        }

        int inner() {
            return (int) (dim() * mlpRatio);
        }

        Map<String, Object> config() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("_class_name", "Flux2Transformer2DModel");
            out.put("in_channels", channels);
            out.put("num_layers", doubleBlocks);
            out.put("num_single_layers", singleBlocks);
            out.put("attention_head_dim", headDim);
            out.put("num_attention_heads", heads);
            out.put("joint_attention_dim", joint);
            out.put("timestep_guidance_channels", timeChannels);
            out.put("mlp_ratio", mlpRatio);
            out.put("axes_dims_rope", axes);
            out.put("rope_theta", THETA);
            out.put("eps", EPS);
            out.put("guidance_embeds", guidance);
            return out;
        }
    }

    /** Tokens with their places (time, row, column, place in text). */
    public record Placed(double[][] tokens, double[][] places) {
        public Placed with(Placed more) {
            return new Placed(SlowMath.after(tokens, more.tokens), SlowMath.after(places, more.places));
        }
    }

    /** Keys and values of reference tokens, one pair a layer. */
    public record Kept(List<double[][]> keys, List<double[][]> values) {
        public static final Kept NOTHING = new Kept(List.of(), List.of());
    }

    public SlowFlux2(Shape shape, SeededWeights weights, Fault fault) {
        this.shape = shape;
        this.weights = weights;
        this.fault = fault;
    }

    /** The tokens of the picture being made. */
    public Placed image(double[][] tokens, int columns) {
        return placed(tokens, columns, 0);
    }

    /** The tokens of the {@code number}-th reference, counted from 0. */
    public Placed reference(double[][] tokens, int columns, int number) {
        return placed(tokens, columns, fault == Fault.REFERENCES_AT_ONE_TIME ? 10 : 10 + 10 * number);
    }

    private static Placed placed(double[][] tokens, int columns, int time) {
        double[][] places = new double[tokens.length][];
        for (int i = 0; i < tokens.length; i++) {
            places[i] = new double[] {time, i / columns, i % columns, 0};
        }
        return new Placed(tokens, places);
    }

    /** The velocity of {@code image}'s tokens. @param time noise level, 0 to 1 @param guidance ignored by models that do not take it */
    public double[][] velocity(Placed image, double[][] embeds, double time, double guidance, Kept references) {
        int d = shape.dim();
        double[][] textPlaces = new double[embeds.length][];
        for (int i = 0; i < embeds.length; i++) {
            textPlaces[i] = new double[] {0, 0, 0, i};
        }
        Modulations mod = new Modulations(temb(time, guidance));
        double[][] img = SlowMath.linear(image.tokens, weights.get("x_embedder.weight", d, shape.channels()));
        double[][] txt = SlowMath.linear(embeds, weights.get("context_embedder.weight", d, shape.joint()));
        Layers layers = new Layers(references);
        double[][] places = SlowMath.after(textPlaces, image.places);
        for (int i = 0; i < shape.doubleBlocks(); i++) {
            String at = "transformer_blocks." + i + ".";
            Heads t = heads(txt, mod.text(), at + "attn.", TEXT_KEYS, textPlaces);
            Heads g = heads(img, mod.image(), at + "attn.", IMAGE_KEYS, image.places);
            double[][] attention = layers.attend(t.then(g));
            int texts = txt.length;
            txt = feedForward(
                    gated(
                            txt,
                            mod.text(),
                            0,
                            SlowMath.linear(
                                    SlowMath.tokens(attention, 0, texts),
                                    weights.get(at + "attn.to_add_out.weight", d, d))),
                    mod.text(),
                    at + "ff_context.");
            img = feedForward(
                    gated(
                            img,
                            mod.image(),
                            0,
                            SlowMath.linear(
                                    SlowMath.tokens(attention, texts, img.length),
                                    weights.get(at + "attn.to_out.0.weight", d, d))),
                    mod.image(),
                    at + "ff.");
        }
        boolean imageFirst = fault == Fault.IMAGE_BEFORE_TEXT;
        double[][] x = imageFirst ? SlowMath.after(img, txt) : SlowMath.after(txt, img);
        for (int i = 0; i < shape.singleBlocks(); i++) {
            x = single(x, mod, "single_transformer_blocks." + i + ".", places, layers);
        }
        double[][] last = SlowMath.layerNorm(SlowMath.tokens(x, imageFirst ? 0 : txt.length, img.length), Shape.EPS);
        double[] out = mod.project("norm_out.linear.weight", 2);
        int scale = fault == Fault.LAST_SHIFT_FIRST ? d : 0;
        for (double[] token : last) {
            for (int j = 0; j < d; j++) {
                token[j] = token[j] * (1 + out[scale + j]) + out[d - scale + j];
            }
        }
        return SlowMath.linear(last, weights.get("proj_out.weight", shape.channels(), d));
    }

    /** Keys and values of {@code references}, which see themselves and {@code earlier}, in front of which theirs are not. */
    public Kept extract(Placed references, double imageTime, double guidance, Kept earlier) {
        int d = shape.dim();
        Modulations mod = new Modulations(temb(fault == Fault.CACHE_AT_IMAGE_TIME ? imageTime : 0, guidance));
        double[][] x = SlowMath.linear(references.tokens, weights.get("x_embedder.weight", d, shape.channels()));
        Layers layers = new Layers(earlier);
        for (int i = 0; i < shape.doubleBlocks(); i++) {
            String at = "transformer_blocks." + i + ".";
            double[][] attention = layers.attend(heads(x, mod.image(), at + "attn.", IMAGE_KEYS, references.places));
            x = feedForward(
                    gated(
                            x,
                            mod.image(),
                            0,
                            SlowMath.linear(attention, weights.get(at + "attn.to_out.0.weight", d, d))),
                    mod.image(),
                    at + "ff.");
        }
        for (int i = 0; i < shape.singleBlocks(); i++) {
            x = single(x, mod, "single_transformer_blocks." + i + ".", references.places, layers);
        }
        return new Kept(layers.keys, layers.values);
    }

    private static final List<String> IMAGE_KEYS = List.of("to_q", "to_k", "to_v", "norm_q", "norm_k");
    private static final List<String> TEXT_KEYS =
            List.of("add_q_proj", "add_k_proj", "add_v_proj", "norm_added_q", "norm_added_k");

    private record Heads(double[][] q, double[][] k, double[][] v) {
        Heads then(Heads more) {
            return new Heads(SlowMath.after(q, more.q), SlowMath.after(k, more.k), SlowMath.after(v, more.v));
        }
    }

    /** Attention layer after layer, the references' keys and values in front; keeps what each attended to. */
    private final class Layers {
        final Kept references;
        final List<double[][]> keys = new ArrayList<>();
        final List<double[][]> values = new ArrayList<>();

        Layers(Kept references) {
            this.references = references;
        }

        double[][] attend(Heads heads) {
            int layer = keys.size();
            boolean alone = references.keys().isEmpty();
            keys.add(alone ? heads.k() : SlowMath.after(references.keys().get(layer), heads.k()));
            values.add(alone ? heads.v() : SlowMath.after(references.values().get(layer), heads.v()));
            int all = keys.getLast().length;
            return SlowMath.attention(heads.q(), keys.getLast(), values.getLast(), shape.headDim(), 1, _ -> all);
        }
    }

    private Heads heads(double[][] x, double[] mod, String at, List<String> names, double[][] places) {
        int d = shape.dim();
        double[][] in = modulated(x, mod, 0);
        return new Heads(
                turned(
                        SlowMath.linear(in, weights.get(at + names.get(0) + ".weight", d, d)),
                        at + names.get(3),
                        places),
                turned(
                        SlowMath.linear(in, weights.get(at + names.get(1) + ".weight", d, d)),
                        at + names.get(4),
                        places),
                SlowMath.linear(in, weights.get(at + names.get(2) + ".weight", d, d)));
    }

    private double[][] feedForward(double[][] x, double[] mod, String at) {
        int d = shape.dim();
        int m = shape.inner();
        double[][] inner =
                SlowMath.swiGlu(SlowMath.linear(modulated(x, mod, 1), weights.get(at + "linear_in.weight", 2 * m, d)));
        return gated(x, mod, 1, SlowMath.linear(inner, weights.get(at + "linear_out.weight", d, m)));
    }

    private double[][] single(double[][] x, Modulations mods, String at, double[][] places, Layers layers) {
        int d = shape.dim();
        int m = shape.inner();
        double[] mod = mods.single();
        double[][] projected = SlowMath.linear(
                modulated(x, mod, 0), weights.get(at + "attn.to_qkv_mlp_proj.weight", 3 * d + 2 * m, d));
        double[][] attention = layers.attend(new Heads(
                turned(SlowMath.part(projected, 0, d), at + "attn.norm_q", places),
                turned(SlowMath.part(projected, d, d), at + "attn.norm_k", places),
                SlowMath.part(projected, 2 * d, d)));
        double[][] inner = SlowMath.swiGlu(SlowMath.part(projected, 3 * d, 2 * m));
        return gated(
                x,
                mod,
                0,
                SlowMath.linear(SlowMath.beside(attention, inner), weights.get(at + "attn.to_out.weight", d, d + m)));
    }

    /** Each head normalised, then numbers 2j and 2j + 1 of each axis turned by {@code place / theta^(2j/axis)}. */
    private double[][] turned(double[][] x, String norm, double[][] places) {
        double[][] out = SlowMath.rmsNormHeads(x, weights.get(norm + ".weight", shape.headDim()), Shape.EPS);
        if (fault == Fault.TRANSFORMER_WITHOUT_ROPE) {
            return out;
        }
        boolean halves = fault == Fault.TRANSFORMER_ROPE_IN_HALVES;
        for (int token = 0; token < x.length; token++) {
            for (int head = 0; head < x[0].length; head += shape.headDim()) {
                int at = head;
                for (int axis = 0; axis < shape.axes().size(); axis++) {
                    int size = shape.axes().get(axis);
                    for (int j = 0; j < size / 2; j++) {
                        double angle = places[token][axis] / Math.pow(Shape.THETA, 2.0 * j / size);
                        int first = halves ? at + j : at + 2 * j;
                        int second = halves ? at + j + size / 2 : at + 2 * j + 1;
                        double a = out[token][first];
                        double b = out[token][second];
                        out[token][first] = a * Math.cos(angle) - b * Math.sin(angle);
                        out[token][second] = b * Math.cos(angle) + a * Math.sin(angle);
                    }
                    at += size;
                }
            }
        }
        return out;
    }

    /** {@code (1 + scale) · layerNorm(x) + shift} of the {@code set}-th (shift, scale, gate). */
    private double[][] modulated(double[][] x, double[] mod, int set) {
        int d = shape.dim();
        int shift = 3 * d * set + (fault == Fault.BLOCK_SCALE_FIRST ? d : 0);
        int scale = 3 * d * set + (fault == Fault.BLOCK_SCALE_FIRST ? 0 : d);
        double[][] out = SlowMath.layerNorm(x, Shape.EPS);
        for (double[] token : out) {
            for (int j = 0; j < d; j++) {
                token[j] = (1 + mod[scale + j]) * token[j] + mod[shift + j];
            }
        }
        return out;
    }

    private double[][] gated(double[][] x, double[] mod, int set, double[][] update) {
        int d = shape.dim();
        double[][] out = new double[x.length][d];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < d; j++) {
                out[i][j] = x[i][j] + mod[3 * d * set + 2 * d + j] * update[i][j];
            }
        }
        return out;
    }

    /** What the time embedding makes of its projections. */
    private final class Modulations {
        private final double[][] temb;

        Modulations(double[][] temb) {
            this.temb = temb;
        }

        double[] image() {
            return project("double_stream_modulation_img.linear.weight", 6);
        }

        double[] text() {
            return project("double_stream_modulation_txt.linear.weight", 6);
        }

        double[] single() {
            return project("single_stream_modulation.linear.weight", 3);
        }

        double[] project(String name, int sets) {
            return SlowMath.linear(SlowMath.silu(temb), weights.get(name, sets * shape.dim(), shape.dim()))[0];
        }
    }

    private double[][] temb(double time, double guidance) {
        double[][] out = embedded(1000 * time, "time_guidance_embed.timestep_embedder.");
        return shape.guidance()
                ? SlowMath.add(out, embedded(1000 * guidance, "time_guidance_embed.guidance_embedder."))
                : out;
    }

    private double[][] embedded(double t, String at) {
        int d = shape.dim();
        int half = shape.timeChannels() / 2;
        double[][] wave = new double[1][2 * half];
        for (int i = 0; i < half; i++) {
            double angle = t * Math.exp(-Math.log(10000) * i / half);
            wave[0][i] = Math.cos(angle);
            wave[0][half + i] = Math.sin(angle);
        }
        double[][] inner =
                SlowMath.silu(SlowMath.linear(wave, weights.get(at + "linear_1.weight", d, shape.timeChannels())));
        return SlowMath.linear(inner, weights.get(at + "linear_2.weight", d, d));
    }
}
