package dev.atelier.engine.lora;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a tensor in the file of an adapter, taken apart.
 *
 * @param module the trainer's name of the layer, with its prefix
 */
record LoraKey(String module, Part part) {
    /** What the tensor is: A (r, in), B (out, r), or the number that the product is multiplied with, times r. */
    enum Part {
        DOWN,
        UP,
        ALPHA
    }

    // PEFT writes the name of the adapter (mostly "default") between the two; older diffusers "lora.down" or
    // "_lora.down".
    private static final Pattern FACTOR = Pattern.compile("(.+?)(?:"
            + "\\.lora_(?<peft>[AB])(?:\\.(?!weight$|bias$)[\\w-]+)?(?:\\.weight)?"
            + "|\\.lora_(?<kohya>down|up)(?:\\.weight)?"
            + "|[._]lora(?:_linear_layer)?\\.(?<diffusers>down|up)\\.weight)");

    private static final String ALPHA = ".alpha";

    /** Empty when {@code key} is no tensor of a LoRA. */
    static Optional<LoraKey> parse(String key) {
        if (key.endsWith(ALPHA) && key.length() > ALPHA.length()) {
            return Optional.of(new LoraKey(key.substring(0, key.length() - ALPHA.length()), Part.ALPHA));
        }
        Matcher factor = FACTOR.matcher(key);
        if (!factor.matches()) {
            return Optional.empty();
        }
        boolean down = "A".equals(factor.group("peft"))
                || "down".equals(factor.group("kohya"))
                || "down".equals(factor.group("diffusers"));
        return Optional.of(new LoraKey(factor.group(1), down ? Part.DOWN : Part.UP));
    }
}
