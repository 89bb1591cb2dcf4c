package dev.atelier.mcp.tool;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of a tool.
 *
 * @param progress hears how far it is, on any thread
 * @param stop ends the call before its time
 */
public record ToolCall(Caller caller, ObjectNode arguments, Consumer<Step> progress, CompletableFuture<Stop> stop) {
    /** Why a call ends before its time. */
    public enum Stop {
        /** Its caller wants no picture any more. */
        CANCEL,
        /** Nobody can wait any longer; what was ordered is made all the same. */
        LEAVE
    }

    /**
     * How far a call is.
     *
     * @param done 0 to 1
     * @param words for people
     */
    public record Step(double done, String words) {}

    boolean isCanceled() {
        return stop.getNow(null) == Stop.CANCEL;
    }
}
