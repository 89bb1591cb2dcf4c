package dev.atelier.engine.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduling priority of operating-system threads, which {@link Thread#setPriority} leaves alone on Linux. There each thread
 * has a nice value of its own, and the threads that it starts (OpenMP's workers) inherit it; see nice(2).
 */
final class ThreadPriority {
    /** The increment that changes nothing. */
    static final int NORMAL = 0;

    private static final Logger log = LoggerFactory.getLogger(ThreadPriority.class);

    private ThreadPriority() {}

    /**
     * Lowers the calling thread's priority. On other systems than Linux, where the call would change the whole process, it runs on
     * as before.
     *
     * @param increment what is added to the thread's nice value, 0 (nothing changes) to 19 (the lowest priority)
     */
    static void lower(int increment) {
        if (increment == NORMAL || !System.getProperty("os.name").equals("Linux")) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MemorySegment symbol = linker.defaultLookup().findOrThrow("nice");
        MethodHandle nice =
                linker.downcallHandle(symbol, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            log.debug("{} has nice value {}", Thread.currentThread().getName(), (int) nice.invokeExact(increment));
        } catch (Throwable e) {
            throw new EngineException("the priority of a thread cannot be lowered: " + e, e);
        }
    }
}
