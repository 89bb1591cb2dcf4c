package dev.atelier.server.catalog;

import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.tensor.Device;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which one model stands behind Atelier's own catalog, for services that need no catalog file.
 *
 * @param model its folder, or the name of an embedded one; empty: the one that the catalog names
 * @param precision {@code stored}, {@code fp32} or {@code int8}
 * @param device {@code cpu} or {@code cuda:N}
 */
@ConfigurationProperties("atelier")
record ModelSettings(
        @DefaultValue("") String model,
        @DefaultValue("stored") String precision,
        @DefaultValue("cpu") String device) {
    ModelSettings {
        Precision.parse(precision);
        Device.parse(device);
    }
}
