package dev.atelier.server.catalog;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.reason.Reasons;
import dev.atelier.server.AtelierProperties;
import dev.atelier.studio.GlyphSetting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
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

    private static final String SHIPPED = "atelier/catalog.yaml";

    /** A catalog file as it is, or Atelier's own with the model that the settings name behind all its names. */
    @Bean
    Catalog catalog(AtelierProperties properties, ModelSettings settings) {
        String file = properties.catalog();
        if (!file.isEmpty()) {
            return named(file, read(file, new FileSystemResource(file)), settings);
        }
        CatalogFile shipped = read("of Atelier", new ClassPathResource(SHIPPED));
        return named("of Atelier", behind(shipped, settings), settings);
    }

    private static CatalogFile behind(CatalogFile shipped, ModelSettings settings) {
        if (settings.model().isEmpty()
                || settings.model().equals(shipped.models().getFirst().id())) {
            return shipped.on(settings.precision(), settings.device(), GlyphSetting.parse(settings.glyphReference()));
        }
        try {
            return shipped.servedBy(FolderEntry.of(Path.of(settings.model()), settings));
        } catch (EngineException e) {
            throw new IllegalStateException("atelier.model: " + e.getMessage(), e);
        } catch (InvalidPathException e) {
            throw new IllegalStateException("atelier.model: '" + settings.model() + "' is no path of a folder", e);
        }
    }

    private static CatalogFile read(String name, Resource resource) {
        try (InputStream in = resource.getInputStream()) {
            return YAML.readValue(in, CatalogFile.class);
        } catch (JacksonException e) {
            throw new IllegalStateException("catalog " + name + ": " + Reasons.of(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("catalog " + name + " cannot be read: " + Reasons.of(e), e);
        }
    }

    private static Catalog named(String name, CatalogFile file, ModelSettings settings) {
        try {
            return new Catalog(file, settings.unknownModel());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("catalog " + name + ": " + e.getMessage(), e);
        }
    }
}
