package dev.atelier.server.api.images;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.FormPart;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.Uploads;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a multipart form into the fields of a JSON body; its files are stored, and named by what the references then call
 * them.
 */
@Component
class EditForm {
    private final Uploads uploads;
    private final JsonMapper json;

    EditForm(Uploads uploads, JsonMapper json) {
        this.uploads = uploads;
        this.json = json;
    }

    /** @throws ApiException 400, 413 or 422 naming the part at fault */
    ObjectNode read(List<FormPart> parts, ApiKey key) {
        ObjectNode body = json.createObjectNode();
        ArrayNode images = json.createArrayNode();
        for (FormPart part : parts) {
            if (isImage(part.name())) {
                images.add(value("image[" + images.size() + "]", part, key));
            } else if (part.name().equals("mask")) {
                body.put("mask", value("mask", part, key));
            } else if (!part.isFile()) {
                body.put(part.name(), part.text());
            }
        }
        body.set("image", images);
        return body;
    }

    /** {@code image}, {@code image[]}, {@code image[0]} and the plural, as the clients' form libraries write them. */
    private static boolean isImage(String name) {
        return name.matches("images?(\\[[0-9]{0,2}])?");
    }

    private String value(String field, FormPart part, ApiKey key) {
        return part.isFile() ? uploads.reference(field, part.content(), key) : part.text();
    }
}
