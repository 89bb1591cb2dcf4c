package dev.atelier.server.api.images;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.FormPart;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.Uploads;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a multipart form into the fields of a JSON body; its files are stored, and named by what the references then call
 * them. A part without content, as browsers send it for a file that was not chosen, is not there.
 */
@Component
class EditForm {
    private static final Set<String> MASKS = Set.of("mask", "mask_image");

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
            // Form libraries write lists as image[], image[0], and some do so for a list of one mask.
            String name = part.name().replaceFirst("\\[[0-9]{0,2}]$", "");
            if (part.content().length == 0) {
                continue;
            }
            if (name.equals("image") || name.equals("images")) {
                images.add(value("image[" + images.size() + "]", part, key));
            } else if (body.has(name)) {
                throw ApiException.invalid(name, "is there twice; 1 is allowed");
            } else if (MASKS.contains(name)) {
                body.put(name, value(name, part, key));
            } else {
                // A file under any other name is told of as a field that is not known.
                body.put(name, part.isFile() ? "file" : part.text());
            }
        }
        if (!images.isEmpty()) {
            body.set("images", images);
        }
        return body;
    }

    private String value(String field, FormPart part, ApiKey key) {
        return part.isFile() ? uploads.reference(field, part.content(), key.id()) : part.text();
    }
}
