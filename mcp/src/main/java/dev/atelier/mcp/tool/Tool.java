package dev.atelier.mcp.tool;

import dev.atelier.api.PredictionView;

/**
 * A tool of the toolbox.
 *
 * @param draws whether it submits or uploads, so that a key which may only read neither sees nor calls it
 * @param work what a call does; its arguments have been checked
 * @param orders how a call is submitted without waiting for the pictures; null for a tool that answers at once
 */
public record Tool(String name, boolean draws, Work work, Orders orders) {
    /** @throws dev.atelier.mcp.DrawingException what the service refuses */
    public interface Work {
        ToolAnswer run(ToolCall call);
    }

    /** @throws dev.atelier.mcp.DrawingException what the service refuses */
    public interface Orders {
        PredictionView submit(ToolCall call);
    }

    static Tool reading(String name, Work work) {
        return new Tool(name, false, work, null);
    }

    static Tool submitting(String name, Work work) {
        return new Tool(name, true, work, null);
    }

    /** Whether a call waits for pictures. */
    public boolean waits() {
        return orders != null;
    }
}
