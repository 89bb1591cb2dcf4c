package dev.atelier.server.catalog;

import dev.atelier.server.AtelierProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the catalog file. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    @Bean
    Catalog catalog(AtelierProperties properties) {
        String file = properties.catalog();
        try (InputStream in = file.isEmpty()
                ? new ClassPathResource("atelier/catalog.yaml").getInputStream()
                : Files.newInputStream(Path.of(file))) {
            return new Catalog(YAML.readValue(in, CatalogFile.class));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "catalog " + (file.isEmpty() ? "of Atelier" : file) + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("catalog " + file + " cannot be read", e);
        }
    }
}
