package dev.atelier.engine.tensor;

import java.util.function.Supplier;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * OpenBLAS held to one thread, in all of the process, while some work is going on. libtorch's attention splits heads over its own threads
 * and multiplies with OpenBLAS inside them; a threaded OpenBLAS below that costs half the speed. Setting the number takes 0.1 to 0.5 ms
 * (JavaCPP looks the function up by its name each time), more than the attention of a small picture, so the hold is taken
 * around a whole generation and costs nothing when it is already there.
 */
public final class OpenBlas {
    private static int holds;
    private static int threadsBefore;

    private OpenBlas() {}

    /** What {@code work} returns, computed with OpenBLAS on one thread. Safe from any thread, and inside itself. */
    public static <T> T onOneThread(Supplier<T> work) {
        hold();
        try {
            return work.get();
        } finally {
            release();
        }
    }

    /**
     * As {@link #onOneThread} where {@code work} is done on a CPU and oneDNN makes its other products; where OpenBLAS has to, it keeps its
     * threads, and a GPU has no use for it.
     */
    public static <T> T onOneThreadBesideOneDnn(Device device, Supplier<T> work) {
        return OneDnn.available() && !device.isCuda() ? onOneThread(work) : work.get();
    }

    private static synchronized void hold() {
        if (holds++ == 0) {
            threadsBefore = openblas_nolapack.blas_get_num_threads();
            openblas_nolapack.blas_set_num_threads(1);
        }
    }

    private static synchronized void release() {
        if (--holds == 0) {
            // JavaCPP remembers the number that it set last, not OpenBLAS' own: below 1, it has set none.
            openblas_nolapack.blas_set_num_threads(
                    threadsBefore < 1 ? Runtime.getRuntime().availableProcessors() : threadsBefore);
        }
    }
}
