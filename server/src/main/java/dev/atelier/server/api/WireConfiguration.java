package dev.atelier.server.api;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.MapperFeature;

/** Answers are written in the order in which their records name the fields. */
@Configuration(proxyBeanMethods = false)
class WireConfiguration {
    @Bean
    JsonMapperBuilderCustomizer fieldsInTheirOrder() {
        return json -> json.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY);
    }
}
