package dev.atelier.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Schemas of the wire's records: what swagger-core reads of them, their descriptions, and which fields are always there or may be null
 * (see the package {@code dev.atelier.api}).
 */
@Component
public final class RecordSchemas extends ModelResolver {
    private static final String WIRE = "dev.atelier.api";

    public RecordSchemas() {
        super(Json31.mapper(), new Names());
        openapi31(true);
    }

    /** {@code Prediction} for PredictionView, {@code PredictionLinks} for the record Links in it. */
    private static final class Names extends TypeNameResolver {
        @Override
        protected String getNameOfClass(Class<?> type) {
            String name = type.getSimpleName().replaceFirst("View$", "");
            Class<?> outer = type.getEnclosingClass();
            return outer == null || !type.getName().startsWith(WIRE) ? name : getNameOfClass(outer) + name;
        }
    }

    @Override
    public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
        Schema<?> schema = super.resolve(type, context, next);
        Class<?> raw =
                TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
        if (schema != null && raw.isRecord() && raw.getName().startsWith(WIRE)) {
            Schema<?> definition = schema.get$ref() == null
                    ? schema
                    : context.getDefinedModels()
                            .get(schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1));
            if (definition != null && definition.getProperties() != null) {
                describe(definition, raw);
            }
        }
        return schema;
    }

    private static void describe(Schema<?> definition, Class<?> type) {
        List<String> always = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = named == null ? component.getName() : named.value();
            Schema<?> property = definition.getProperties().get(name);
            JsonPropertyDescription words = component.getAccessor().getAnnotation(JsonPropertyDescription.class);
            if (words != null) {
                property.setDescription(words.value());
            }
            JsonInclude include = component.getAccessor().getAnnotation(JsonInclude.class);
            if (include == null || include.value() == JsonInclude.Include.ALWAYS) {
                always.add(name);
            }
            if (include != null && include.value() == JsonInclude.Include.ALWAYS) {
                Set<String> types = new LinkedHashSet<>(property.getTypes());
                types.add("null");
                property.setTypes(types);
            }
        }
        definition.setRequired(always);
    }
}
