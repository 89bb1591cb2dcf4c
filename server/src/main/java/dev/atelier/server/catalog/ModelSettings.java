package dev.atelier.server.catalog;

import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.tensor.Device;
import dev.atelier.studio.GlyphSetting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which one model stands behind Atelier's own catalog, for services that need no catalog file, and behind other names.
 *
 * @param model its folder, or the name of an embedded one; empty: the one that the catalog names
 * @param precision {@code stored}, {@code fp32} or {@code int8}
 * @param device {@code cpu} or {@code cuda:N}
 * @param glyphReference whether quoted text is laid out and shown to it as a reference: {@code auto}, {@code on} or {@code off}
 * @param unknownModel what serves names that are not in the catalog: {@code default} for its first model, or the id of one of them;
 *     empty: they are refused
 */
@ConfigurationProperties("atelier")
record ModelSettings(
        @DefaultValue("") String model,
        @DefaultValue("stored") String precision,
        @DefaultValue("cpu") String device,
        @DefaultValue("auto") String glyphReference,
        @DefaultValue("") String unknownModel) {
    ModelSettings {
        Precision.parse(precision);
        Device.parse(device);
        GlyphSetting.parse(glyphReference);
    }
}
