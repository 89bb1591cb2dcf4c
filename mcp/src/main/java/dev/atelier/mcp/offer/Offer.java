package dev.atelier.mcp.offer;

import dev.atelier.mcp.tool.Json;
import dev.atelier.mcp.tool.Toolbox;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything that the server has for agents, whatever they speak. */
public final class Offer {
    /** How a language model is to use the server as a whole. */
    public static final String INSTRUCTIONS = """
            Atelier draws pictures on models that run on the user's own machine; nothing costs anything.
            To draw: generate_image. To change or combine pictures: edit_image. For pictures that belong together: make_sequence. They wait,\
             and answer with a preview to look at; when one answers that it is still at work, call atlas_get_prediction with the id.
            Always tell the user the URLs, and look at warnings: they name what a model does not know or what was ignored.
            Small models know a small world: call atlas_get_model_info before unusual wishes.""";

    private static final String ICON = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#1f2a37"/>\
            <path d="M14 48 L28 16 h8 L50 48 h-8 l-3-8 H25 l-3 8 z M28 33 h8 l-4-11 z" fill="#f5efe2"/>\
            <circle cx="48" cy="18" r="5" fill="#e4572e"/></svg>""";

    private final Toolbox tools = new Toolbox();
    private final Resources resources = new Resources();
    private final Prompts prompts = new Prompts();
    private final Completions completions = new Completions(prompts);
    private final String version;

    /** @param version of Atelier */
    public Offer(String version) {
        this.version = version;
    }

    public Toolbox tools() {
        return tools;
    }

    public Resources resources() {
        return resources;
    }

    public Prompts prompts() {
        return prompts;
    }

    public Completions completions() {
        return completions;
    }

    /** Who the server is. */
    public ObjectNode serverInfo() {
        ObjectNode info = Json.object()
                .put("name", "atelier")
                .put("title", "Atelier")
                .put("version", version)
                .put("description", "Makes, edits and continues pictures on models of this machine.");
        info.set("icons", icons());
        return info;
    }

    private static ArrayNode icons() {
        ArrayNode icons = Json.array();
        icons.addObject()
                .put(
                        "src",
                        "data:image/svg+xml;base64,"
                                + Base64.getEncoder().encodeToString(ICON.getBytes(StandardCharsets.UTF_8)))
                .put("mimeType", "image/svg+xml")
                .putArray("sizes")
                .add("any");
        return icons;
    }
}
