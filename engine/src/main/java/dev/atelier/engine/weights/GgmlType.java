package dev.atelier.engine.weights;

import java.util.Optional;

/** Element types of a GGUF file by their numbers there. Source: {@code GGMLQuantizationType} in gguf-py's {@code constants.py}. */
enum GgmlType {
    F32(0, BlockFormat.F32),
    F16(1, BlockFormat.F16),
    Q4_0(2, BlockFormat.Q4_0),
    Q4_1(3),
    Q4_2(4),
    Q4_3(5),
    Q5_0(6),
    Q5_1(7),
    Q8_0(8, BlockFormat.Q8_0),
    Q8_1(9),
    Q2_K(10),
    Q3_K(11),
    Q4_K(12, BlockFormat.Q4_K),
    Q5_K(13, BlockFormat.Q5_K),
    Q6_K(14, BlockFormat.Q6_K),
    Q8_K(15),
    IQ2_XXS(16),
    IQ2_XS(17),
    IQ3_XXS(18),
    IQ1_S(19),
    IQ4_NL(20),
    IQ3_S(21),
    IQ2_S(22),
    IQ4_XS(23),
    I8(24),
    I16(25),
    I32(26),
    I64(27),
    F64(28),
    IQ1_M(29),
    BF16(30, BlockFormat.BF16),
    Q4_0_4_4(31),
    Q4_0_4_8(32),
    Q4_0_8_8(33),
    TQ1_0(34),
    TQ2_0(35),
    IQ4_NL_4_4(36),
    IQ4_NL_4_8(37),
    IQ4_NL_8_8(38),
    MXFP4(39),
    NVFP4(40),
    Q1_0(41);

    /** Those that are read. */
    static final String READ = "F32, F16, BF16, Q8_0, Q4_0, Q4_K, Q5_K and Q6_K";

    private final int number;
    private final BlockFormat format;

    GgmlType(int number) {
        this(number, null);
    }

    GgmlType(int number, BlockFormat format) {
        this.number = number;
        this.format = format;
    }

    int number() {
        return number;
    }

    /** Empty where it is not read. */
    Optional<BlockFormat> format() {
        return Optional.ofNullable(format);
    }

    static Optional<GgmlType> of(int number) {
        return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }

    static GgmlType of(BlockFormat format) {
        return valueOf(format.name());
    }
}
