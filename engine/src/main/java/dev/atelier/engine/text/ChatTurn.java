package dev.atelier.engine.text;

/** What one side of a conversation says. */
public record ChatTurn(Role role, String text) {
    /** Who says it. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }
}
