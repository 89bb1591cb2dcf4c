package dev.atelier.mcp.lane;

import dev.atelier.mcp.tool.Json;
import dev.atelier.mcp.tool.ToolAnswer;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What tools and completions answer, as every revision writes it. */
final class Contents {
    private Contents() {}

    /** A CallToolResult. */
    static ObjectNode of(ToolAnswer answer) {
        ObjectNode result = Json.object();
        ArrayNode content = result.putArray("content");
        content.addObject().put("type", "text").put("text", answer.text());
        answer.links()
                .forEach(link -> content.addObject()
                        .put("type", "resource_link")
                        .put("uri", link.uri())
                        .put("name", link.name())
                        .put("description", link.description())
                        .put("mimeType", link.contentType()));
        if (answer.preview() != null) {
            content.addObject()
                    .put("type", "image")
                    .put("data", Base64.getEncoder().encodeToString(answer.preview()))
                    .put("mimeType", "image/jpeg");
        }
        if (answer.structured() != null) {
            result.set("structuredContent", answer.structured());
        }
        return result.put("isError", answer.failed());
    }

    /** A CompleteResult. */
    static ObjectNode completion(List<String> found) {
        ObjectNode result = Json.object();
        ObjectNode completion = result.putObject("completion");
        ArrayNode values = completion.putArray("values");
        found.forEach(values::add);
        completion.put("total", found.size()).put("hasMore", false);
        return result;
    }
}
