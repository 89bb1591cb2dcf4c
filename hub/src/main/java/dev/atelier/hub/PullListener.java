package dev.atelier.hub;

import java.nio.file.Path;
import java.time.Duration;

/** Receives the progress of a pull, from several threads at once. */
public interface PullListener {
    /** Hears nothing. */
    PullListener NONE = new PullListener() {};

    /** Another process pulls the same model; this one waits for it. */
    default void onWaiting(Path folder) {}

    /**
     * What is going to be fetched is known.
     *
     * @param commit the revision's commit, 40 hexadecimal digits
     * @param bytes size of all files
     * @param present bytes of them that are here already
     */
    default void onPlan(String commit, int files, long bytes, long present) {}

    /** Bytes were written; negative when a part turned out to be stale and is fetched again. */
    default void onBytes(long bytes) {}

    /** A file is verified and in its place. */
    default void onFile(String path, long bytes) {}

    /** A request failed for a passing reason and is made again after {@code pause}. */
    default void onRetry(String what, String reason, Duration pause) {}
}
