package dev.atelier.studio;

import java.util.Locale;

/** Whether quoted text is laid out and shown to a model as a reference. */
public enum GlyphSetting {
    /** For models whose folder says that they were taught it. */
    AUTO,
    /** For any model. */
    ON,
    OFF;

    /** @throws IllegalArgumentException naming the value and those that there are */
    public static GlyphSetting parse(String value) {
        for (GlyphSetting setting : values()) {
            if (setting.label().equals(value.strip().toLowerCase(Locale.ROOT))) {
                return setting;
            }
        }
        throw new IllegalArgumentException("glyph-reference: '" + value + "' is none of auto, on, off");
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
