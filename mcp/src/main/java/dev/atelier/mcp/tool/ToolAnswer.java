package dev.atelier.mcp.tool;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool answers.
 *
 * @param text for a language model: all the facts, and what to do next
 * @param structured the same as data, by the tool's output schema; null when there is none
 * @param links to full pictures
 * @param preview a small JPEG of the pictures; null when there is none
 * @param failed whether the text says what went wrong
 */
public record ToolAnswer(String text, ObjectNode structured, List<Link> links, byte[] preview, boolean failed) {
    /**
     * A resource of this server.
     *
     * @param uri as {@code resources/read} takes it
     */
    public record Link(String uri, String name, String description, String contentType) {}

    /** Clients cut longer answers where they like. */
    private static final int LONGEST = 25_000;

    public ToolAnswer {
        text = text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "\n… cut here; ask for less at a time, or read the structured content";
        links = List.copyOf(links);
    }

    static ToolAnswer of(String text, ObjectNode structured) {
        return new ToolAnswer(text, structured, List.of(), null, false);
    }

    static ToolAnswer failure(String text) {
        return new ToolAnswer(text, null, List.of(), null, true);
    }
}
