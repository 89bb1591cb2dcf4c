package dev.atelier.engine.tensor;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Element types that weights are stored and computed in, under the names of the safetensors format. */
public enum DType {
    F64("F64", 8, torch.ScalarType.Double),
    F32("F32", 4, torch.ScalarType.Float),
    F16("F16", 2, torch.ScalarType.Half),
    BF16("BF16", 2, torch.ScalarType.BFloat16),
    I64("I64", 8, torch.ScalarType.Long),
    I32("I32", 4, torch.ScalarType.Int),
    I16("I16", 2, torch.ScalarType.Short),
    I8("I8", 1, torch.ScalarType.Char),
    U8("U8", 1, torch.ScalarType.Byte),
    BOOL("BOOL", 1, torch.ScalarType.Bool);

    private final String label;
    private final int bytes;
    private final ScalarType scalarType;

    DType(String label, int bytes, ScalarType scalarType) {
        this.label = label;
        this.bytes = bytes;
        this.scalarType = scalarType;
    }

    /** The name in a safetensors header. */
    public String label() {
        return label;
    }

    /** Bytes an element. */
    public int bytes() {
        return bytes;
    }

    public ScalarType scalarType() {
        return scalarType;
    }

    public static Optional<DType> of(String label) {
        return Arrays.stream(values()).filter(d -> d.label.equals(label)).findFirst();
    }

    /** The type of {@code tensor}. */
    public static DType of(Tensor tensor) {
        ScalarType type = tensor.scalar_type().intern();
        return Arrays.stream(values())
                .filter(d -> d.scalarType == type)
                .findFirst()
                .orElseThrow(() -> new EngineException("element type " + type + " is not supported"));
    }

    public boolean isFloating() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }
}
