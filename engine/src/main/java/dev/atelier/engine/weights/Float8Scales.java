package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands beside the weights of a "scaled fp8" file: {@code NAME.weight_scale}, in ComfyUI's older files {@code NAME.scale_weight}, which
 * {@code NAME.weight} is multiplied by, one number or one for each row; scales of a layer's input, of no use where products are not made in 8
 * bits; and the marks {@code scaled_fp8} and {@code NAME.comfy_quant}. Source: {@code QUANTIZATION.md} of comfyanonymous/ComfyUI.
 */
final class Float8Scales {
    private static final Pattern SCALE = Pattern.compile("(.+)\\.(weight_scale|scale_weight)");
    private static final Pattern INPUT_SCALE = Pattern.compile("(.+\\.)?(input_scale|scale_input)");
    private static final Pattern MARK = Pattern.compile("(.+\\.)?scaled_fp8");
    private static final Pattern FORMAT = Pattern.compile("(.+)\\.comfy_quant");
    private static final Pattern OTHER = Pattern.compile(
            "(.+)\\.(weight_scale_inv|weight_scale_2|weight_zero_point|weight_scale_rowwise|qweight|qzeros|scb|SCB"
                    + "|weight\\.absmax|weight\\.nested_absmax|weight\\.quant_map|weight\\.quant_state\\..*)");
    private static final int MAX_MARK_BYTES = 1 << 16;

    private Float8Scales() {}

    /**
     * The tensors without those that only say how others are to be read, which are read so.
     *
     * @param notes hears of what is left aside
     * @throws EngineException naming a tensor that is quantised in another way, or a scale that does not fit
     */
    static Map<String, StoredTensor> applied(Path file, Map<String, StoredTensor> stored, Consumer<String> notes) {
        Map<String, StoredTensor> out = new LinkedHashMap<>();
        Map<String, float[]> scales = new LinkedHashMap<>();
        int inputs = 0;
        for (Map.Entry<String, StoredTensor> entry : stored.entrySet()) {
            String name = entry.getKey();
            Matcher scale = SCALE.matcher(name);
            Matcher format = FORMAT.matcher(name);
            if (OTHER.matcher(name).matches()) {
                throw wrong(
                        entry.getValue(),
                        "quantised in a way that is not read; of safetensors F32, F16, BF16 and, with"
                                + " one scale a tensor or a row, F8_E4M3 and F8_E5M2 are");
            }
            if (scale.matches()) {
                if (scales.put(scale.group(1) + ".weight", scale(entry.getValue())) != null) {
                    throw wrong(entry.getValue(), "a second scale of the same weight");
                }
            } else if (format.matches()) {
                requireFloat8(entry.getValue());
            } else if (INPUT_SCALE.matcher(name).matches()) {
                inputs++;
            } else if (!MARK.matcher(name).matches()) {
                out.put(name, entry.getValue());
            }
        }
        if (inputs > 0) {
            notes.accept(
                    file + ": " + inputs + " scales of layers' inputs are left aside: products are not made in fp8");
        }
        scales.forEach((name, scale) -> {
            StoredTensor weight = out.get(name);
            if (weight == null) {
                throw new EngineException(file + ": " + name + ": missing, though a scale of it is here");
            }
            if (scale.length != 1 && (weight.shape().length < 2 || scale.length != weight.shape()[0])) {
                throw wrong(
                        weight,
                        scale.length + " scales for shape " + Arrays.toString(weight.shape())
                                + "; one, or one for each row, is read");
            }
            if (!weight.isFloating()) {
                throw wrong(
                        weight,
                        "a scale of numbers stored as " + weight.formats() + "; of F8_E4M3 and F8_E5M2 they are read");
            }
            if (scale.length != 1 || scale[0] != 1) {
                out.put(name, weight.scaled(scale));
            }
        });
        return out;
    }

    private static float[] scale(StoredTensor tensor) {
        long[] shape = tensor.shape();
        boolean column = shape.length == 2 && shape[1] == 1;
        if (shape.length > 1 && !column && tensor.numbers() != 1) {
            throw wrong(tensor, "scales of shape " + Arrays.toString(shape) + "; one, or one for each row, is read");
        }
        if (tensor.numbers() == 0 || tensor.numbers() > 1 << 24) {
            throw wrong(tensor, tensor.numbers() + " scales; one, or one for each row, is read");
        }
        float[] out = new float[(int) tensor.numbers()];
        tensor.decode(0, column ? shape[0] : 1, MemorySegment.ofArray(out));
        for (float value : out) {
            if (!Float.isFinite(value)) {
                throw wrong(tensor, "a scale that is " + value);
            }
        }
        return out;
    }

    /** {@code {"format": "float8_e4m3fn"}} as bytes. */
    private static void requireFloat8(StoredTensor mark) {
        String format = "";
        if (mark.bytes() <= MAX_MARK_BYTES) {
            try {
                byte[] json = mark.rawBytes().toArray(ValueLayout.JAVA_BYTE);
                JsonNode node = JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
                format = node.path("format").asString("");
            } catch (JacksonException e) {
                throw wrong(mark, "no JSON that names a format");
            }
        }
        if (!format.equals("float8_e4m3fn") && !format.equals("float8_e5m2")) {
            throw wrong(mark, "format '" + format + "'; float8_e4m3fn and float8_e5m2 are read");
        }
    }

    private static EngineException wrong(StoredTensor tensor, String what) {
        return new EngineException(tensor.path() + ": " + tensor.name() + ": " + what);
    }
}
