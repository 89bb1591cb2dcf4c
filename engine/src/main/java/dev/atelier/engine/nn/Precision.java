package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.EngineException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How {@link Linear} layers keep and multiply their weights. */
public enum Precision {
    /** In the type of the file; on a CPU, 16-bit weights are widened to fp32: a small component's once, a large one's at each use through a reused buffer. */
    STORED,
    /** fp32, widened once at load. */
    FP32,
    /** 8-bit weights and, at each call, 8-bit activations (exact integer products, CPU only); see {@link Int8Weights} for which layers. */
    INT8;

    /**
     * Parses {@code stored}, {@code fp32} or {@code int8}.
     *
     * @throws EngineException for any other text, naming it
     */
    public static Precision parse(String text) {
        return Arrays.stream(values())
                .filter(p -> p.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new EngineException("precision: '" + text + "' is none of "
                        + Arrays.stream(values()).map(Precision::label).collect(Collectors.joining(", "))));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
