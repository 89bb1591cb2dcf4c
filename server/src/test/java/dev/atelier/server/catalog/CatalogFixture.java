package dev.atelier.server.catalog;

import dev.atelier.server.AtelierProperties;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Catalogs as settings make them. */
public final class CatalogFixture {
    private CatalogFixture() {}

    public static Catalog with(Map<String, String> settings) {
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        return new CatalogConfiguration()
                .catalog(
                        binder.bindOrCreate("atelier", AtelierProperties.class),
                        binder.bindOrCreate("atelier", ModelSettings.class));
    }
}
