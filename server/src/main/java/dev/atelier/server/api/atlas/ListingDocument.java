package dev.atelier.server.api.atlas;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.atelier.api.Answer;
import dev.atelier.api.PredictionView;
import dev.atelier.server.api.RecordSchemas;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.catalog.ListingSchema;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.core.util.Json31;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document of one listing: how to submit to it and how to poll, with its input schema. */
final class ListingDocument {
    private static final Type ANSWER = ResolvableType.forClassWithGenerics(Answer.class, PredictionView.class)
            .getType();

    private final ObjectNode template;

    ListingDocument() {
        try (InputStream in = new ClassPathResource("atelier/listing.yaml").getInputStream()) {
            template = (ObjectNode) YAMLMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ((ObjectNode) template.at("/components/schemas")).set("PredictionResponse", prediction());
    }

    /** @param origin of this service, as the caller sees it */
    ObjectNode of(Listing listing, String origin) {
        ObjectNode document = template.deepCopy();
        ((ObjectNode) document.get("info"))
                .put("title", listing.about().displayName())
                .put("description", listing.about().profile());
        ((ObjectNode) document.at("/servers/0")).put("url", origin);
        ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
        JsonNode answer = schemas.remove("PredictionResponse");
        schemas.set("Input", ListingSchema.of(listing).input(listing.name()));
        schemas.set("PredictionResponse", answer);
        return document;
    }

    /** The answer to a poll without references: clients show the properties that they find in it. */
    private static JsonNode prediction() {
        ModelConverters converters = new ModelConverters(true);
        converters.addConverter(new RecordSchemas());
        ResolvedSchema resolved = converters.resolveAsResolvedSchema(new AnnotatedType(ANSWER).resolveAsRef(false));
        Map<String, ?> definitions = resolved.referencedSchemas;
        return inlined(json(resolved.schema), definitions);
    }

    private static JsonNode inlined(JsonNode schema, Map<String, ?> definitions) {
        if (schema instanceof ObjectNode object) {
            JsonNode reference = object.remove("$ref");
            if (reference != null) {
                String name = reference
                        .stringValue()
                        .substring(reference.stringValue().lastIndexOf('/') + 1);
                ObjectNode definition = (ObjectNode) json(definitions.get(name));
                object.propertyStream().toList().forEach(e -> definition.set(e.getKey(), e.getValue()));
                return inlined(definition, definitions);
            }
            object.propertyStream().toList().forEach(e -> object.set(e.getKey(), inlined(e.getValue(), definitions)));
        } else if (schema instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, inlined(array.get(i), definitions));
            }
        }
        return schema;
    }

    private static JsonNode json(Object schema) {
        try {
            return JsonMapper.shared().readTree(Json31.mapper().writeValueAsString(schema));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema of the wire cannot be written", e);
        }
    }
}
