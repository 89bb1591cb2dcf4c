package dev.atelier.server.api.chat;

import dev.atelier.engine.text.ChatTurn;
import dev.atelier.engine.text.ChatTurn.Role;
import dev.atelier.server.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the turns of a conversation. */
final class ChatMessages {
    private static final int MOST_TURNS = 100;
    private static final int MOST_CHARACTERS = 40_000;

    private ChatMessages() {}

    /** @throws ApiException 400 naming field, value and bound */
    static List<ChatTurn> read(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw ApiException.invalid("messages", "missing; at least 1 message is needed");
        }
        if (messages.size() > MOST_TURNS) {
            throw ApiException.invalid(
                    "messages", messages.size() + " entries is above " + MOST_TURNS + ", the most allowed");
        }
        List<ChatTurn> turns = new ArrayList<>();
        int characters = 0;
        for (JsonNode message : messages) {
            String at = "messages[" + turns.size() + "]";
            ChatTurn turn =
                    new ChatTurn(role(message.path("role").asString(""), at), text(message.path("content"), at));
            characters += turn.text().length();
            turns.add(turn);
        }
        if (characters > MOST_CHARACTERS) {
            throw ApiException.invalid(
                    "messages", characters + " characters together is above " + MOST_CHARACTERS + ", the most allowed");
        }
        return turns;
    }

    private static Role role(String role, String at) {
        return switch (role) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            default ->
                throw ApiException.invalid(
                        at + ".role",
                        "'" + (role.length() <= 40 ? role : role.substring(0, 40) + "…")
                                + "' is none of system, developer, user, assistant");
        };
    }

    /** A text, or parts of one. */
    private static String text(JsonNode content, String at) {
        if (content.isString()) {
            return content.stringValue();
        }
        if (!content.isArray()) {
            throw ApiException.invalid(at + ".content", "is no text and no list of parts");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asString("").equals("text")
                    || !part.path("text").isString()) {
                throw ApiException.invalid(
                        at + ".content", "has a part that is no text; this language model reads text only");
            }
            text.append(part.get("text").stringValue());
        }
        return text.toString();
    }
}
