package dev.atelier.server.operation;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.SchemaDocument;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What the controllers cannot say of themselves in {@code /v3/api-docs}: the key, and the body that the catalog defines. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {
    private static final String BEARER = "bearer";
    private static final List<String> SUBMISSIONS = List.of("/api/v1/model/generateImage", "/api/v1/model/calculate");

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(ApiKey.class);
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Atelier")
                        .version("1")
                        .description("Text to image, editing, composition and sequences on models that run here.")
                        .license(new License().name("Apache-2.0")))
                .schemaRequirement(
                        BEARER,
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BEARER))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    OpenApiCustomizer submissionBodies(Catalog catalog, JsonMapper mapper) {
        String input = mapper.writeValueAsString(
                SchemaDocument.input(catalog.listings().iterator().next()));
        return document -> SUBMISSIONS.forEach(path -> {
            PathItem item = document.getPaths().get(path);
            Operation operation = item == null ? null : item.getPost();
            if (operation != null) {
                operation.requestBody(new RequestBody()
                        .required(true)
                        .description("The fields at the top, or inside \"input\".")
                        .content(
                                new Content().addMediaType("application/json", new MediaType().schema(schema(input)))));
            }
        });
    }

    private static Schema<?> schema(String json) {
        try {
            return Json.mapper().readValue(json, Schema.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("the input schema is no OpenAPI schema", e);
        }
    }
}
