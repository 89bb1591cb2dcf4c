package dev.atelier.server.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The JSON Schema of what requests for a listing may say, on every surface: {@code input-schema.yaml} with the bounds of the listing's
 * model. The same schema documents and checks them.
 */
public final class ListingSchema {
    private static final ObjectNode TEMPLATE = template();
    private static final String PROPERTIES = "properties";
    private static final String OF_CLIENTS = "ofClients";

    /** Known for each model and each kind of name, of which there are few. */
    private static final Map<Kind, ListingSchema> KNOWN = new ConcurrentHashMap<>();

    private final ObjectNode input;
    private final ObjectNode several;
    private final ObjectNode ofClients;
    private final Map<String, Property> byName = new LinkedHashMap<>();

    private record Kind(ModelEntry model, Listing.Variant variant) {}

    /**
     * A field.
     *
     * @param schema as it is published
     * @param pictures {@code one} or {@code several} when it names pictures; empty when it does not
     * @param rules what its values are checked against, once they have the form that the schema describes: several pictures are a list
     */
    record Property(String name, ObjectNode schema, String pictures, ObjectNode rules, Schema check) {
        /** The first thing that is wrong with {@code value}; empty when nothing is. */
        Optional<Error> fault(JsonNode value) {
            return check.validate(value).stream().findFirst();
        }
    }

    private ListingSchema(Kind kind) {
        input = TEMPLATE.deepCopy();
        JsonNode definitions = input.remove("$defs");
        several = (ObjectNode) definitions.get("several");
        ofClients = (ObjectNode) definitions.get(OF_CLIENTS).get(PROPERTIES);
        setBounds(kind.model());
        setVariant(kind.variant());
        ArrayNode order = input.putArray("x-order-properties");
        names().forEach(order::add);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        properties().propertyStream().forEach(e -> add(registry, e.getKey(), e.getValue()));
        ofClients.propertyStream().forEach(e -> add(registry, e.getKey(), e.getValue()));
    }

    public static ListingSchema of(Listing listing) {
        return KNOWN.computeIfAbsent(new Kind(listing.model(), listing.variant()), ListingSchema::new);
    }

    private void setBounds(ModelEntry model) {
        int images = model.bounds().images();
        property("images").put("maxItems", model.bounds().references());
        for (String count : List.of("max_images", "num_images", "n")) {
            property(count).put("maximum", images);
        }
        ((ObjectNode) ofClients.at("/sequential_image_generation_options/properties/max_images"))
                .put("maximum", images);
        property("steps")
                .put("maximum", model.bounds().maxSteps())
                .put("default", model.defaults().steps());
        property("num_inference_steps").put("maximum", model.bounds().maxSteps());
        property("guidance_scale").put("default", model.defaults().guidanceScale());
    }

    private void setVariant(Listing.Variant variant) {
        if (variant.sequential()) {
            property("max_images")
                    .put(
                            "description",
                            "The most pictures that belong together; the words say how many. Left out: as many as they say.");
        } else {
            property("max_images").put("default", 1);
        }
        if (variant.needsImages()) {
            ArrayNode any = input.putArray("anyOf");
            List.of("images", "image", "image_url")
                    .forEach(name -> any.addObject().putArray("required").add(name));
        }
    }

    /** Members of option objects are called {@code object.member}, as the readers of requests call them. */
    private void add(SchemaRegistry registry, String name, JsonNode schema) {
        if (schema.has(PROPERTIES)) {
            schema.get(PROPERTIES).propertyStream().forEach(e -> add(registry, name + "." + e.getKey(), e.getValue()));
        } else {
            JsonNode mark = ((ObjectNode) schema).remove("x-pictures");
            ObjectNode rules = schema.has("type") ? (ObjectNode) schema : several;
            byName.put(
                    name,
                    new Property(
                            name,
                            (ObjectNode) schema,
                            mark == null ? "" : mark.stringValue(),
                            rules,
                            registry.getSchema(rules)));
        }
    }

    private ObjectNode properties() {
        return (ObjectNode) input.get(PROPERTIES);
    }

    private ObjectNode property(String name) {
        return (ObjectNode) properties().get(name);
    }

    /** Names of the documented fields, in their order. */
    public List<String> names() {
        return List.copyOf(properties().propertyNames());
    }

    /** Whether a request may have a field of this name to some effect. */
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /**
     * A field's value, checked by itself; what depends on several fields is checked where they are understood.
     *
     * @return a String, Long, Double, Boolean or List of String, by the field's type; null when the value is null or an empty text
     * @throws dev.atelier.server.error.ApiException 400 naming field, value and bound
     */
    public Object read(String name, JsonNode value) {
        Property property = byName.get(name);
        if (property == null) {
            throw new IllegalArgumentException("'" + name + "' is no field");
        }
        return FieldReader.read(property, value);
    }

    /** The schema of what a submission to the listing of this name may say. */
    public ObjectNode input(String listing) {
        ObjectNode named = input.deepCopy();
        ObjectNode model = (ObjectNode) named.get(PROPERTIES).get("model");
        model.putArray("enum").add(listing);
        model.put("default", listing);
        return named;
    }

    /** As {@link #input}, with words of its own or those of a template. */
    public ObjectNode order(String listing) {
        ObjectNode order = input(listing);
        order.putArray("required").add("model");
        setWords(order);
        return order;
    }

    private static void setWords(ObjectNode schema) {
        ArrayNode words = schema.putArray("anyOf");
        List.of("prompt", "template")
                .forEach(name -> words.addObject().putArray("required").add(name));
    }

    /** The schema of what the Images surfaces take. */
    public ObjectNode images() {
        ObjectNode images = input.deepCopy();
        images.remove(List.of("title", "x-order-properties", "anyOf"));
        ObjectNode all = (ObjectNode) images.get(PROPERTIES);
        ((ObjectNode) all.get("model"))
                .put("description", "A name from GET /v1/models, or another one that is served.");
        all.setAll(ofClients.deepCopy());
        images.remove("required");
        setWords(images);
        return images;
    }

    /** The same as a form, in which pictures are files. */
    public ObjectNode form(List<String> required) {
        ObjectNode form = images();
        ObjectNode all = (ObjectNode) form.get(PROPERTIES);
        ObjectNode file = form.objectNode().put("type", "string").put("format", "binary");
        all.putObject("image").put("type", "array").set("items", file);
        all.set("mask", file);
        if (!required.contains("prompt")) {
            form.remove("anyOf");
        }
        ArrayNode names = form.putArray("required");
        required.stream().filter(name -> !name.equals("prompt")).forEach(names::add);
        return form;
    }

    private static ObjectNode template() {
        try (InputStream in = new ClassPathResource("atelier/input-schema.yaml").getInputStream()) {
            return (ObjectNode) YAMLMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
