package dev.atelier.engine.lora;

import dev.atelier.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What the product of a layer's factors is multiplied with where the file has no {@code alpha} beside them: alpha / r, or alpha / √r
 * with rank-stabilised scaling, by the configuration that PEFT keeps in {@code adapter_config.json} beside {@code
 * adapter_model.safetensors} and diffusers in the metadata under {@code lora_adapter_metadata}. Without one, or where it is damaged: 1.
 */
final class LoraScaling {
    private static final String METADATA = "lora_adapter_metadata";
    private static final String PEFT_FILE = "adapter_model.safetensors";
    private static final String PEFT_CONFIG = "adapter_config.json";
    private static final int MAX_CONFIG_BYTES = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode config;
    private final String prefix;

    private LoraScaling(JsonNode config, String prefix) {
        this.config = config;
        this.prefix = prefix;
    }

    static LoraScaling of(SafetensorsFile file) {
        String noted = file.metadata().get(METADATA);
        if (noted != null) {
            return new LoraScaling(parse(noted), "transformer.");
        }
        Path config = file.path().resolveSibling(PEFT_CONFIG);
        if (file.path().getFileName().toString().equals(PEFT_FILE) && Files.isRegularFile(config)) {
            return new LoraScaling(parse(text(config)), "");
        }
        return new LoraScaling(MissingNode.getInstance(), "");
    }

    private static String text(Path config) {
        try {
            return Files.size(config) <= MAX_CONFIG_BYTES ? Files.readString(config) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** The factor of the layer that the file calls {@code module} with factors of rank {@code rank}. */
    double factor(String module, long rank) {
        JsonNode alpha = entry("alpha_pattern", module);
        if (!alpha.isNumber()) {
            alpha = config.path(prefix + "lora_alpha");
        }
        if (!alpha.isNumber()) {
            return 1;
        }
        boolean stabilised = config.path(prefix + "use_rslora").isBoolean()
                && config.path(prefix + "use_rslora").booleanValue();
        return alpha.doubleValue() / (stabilised ? Math.sqrt(rank) : rank);
    }

    /** The value of the name that {@code module} is or ends with. */
    private JsonNode entry(String key, String module) {
        for (Map.Entry<String, JsonNode> e : config.path(prefix + key).properties()) {
            if (ends(module, e.getKey())) {
                return e.getValue();
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean ends(String module, String name) {
        return module.equals(name) || module.endsWith("." + name);
    }
}
