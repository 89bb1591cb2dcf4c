package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in the bytes of a file, lowest byte first. */
final class LittleEndian {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static short int16(byte[] in, int at) {
        return (short) SHORTS.get(in, at);
    }

    static float float16(byte[] in, int at) {
        return Float.float16ToFloat(int16(in, at));
    }

    static float float32(byte[] in, int at) {
        return Float.intBitsToFloat((int) INTS.get(in, at));
    }

    static void putInt16(byte[] out, int at, int value) {
        SHORTS.set(out, at, (short) value);
    }

    static void putInt32(byte[] out, int at, int value) {
        INTS.set(out, at, value);
    }

    /** Rounded to the nearest, ties to even. @throws EngineException when it is beyond 65504 */
    static void putFloat16(byte[] out, int at, float value) {
        short half = Float.floatToFloat16(value);
        if ((half & 0x7c00) == 0x7c00) {
            throw new EngineException(value + " is too large for f16, whose largest number is 65504");
        }
        putInt16(out, at, half);
    }
}
