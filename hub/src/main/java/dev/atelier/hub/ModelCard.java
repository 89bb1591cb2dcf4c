package dev.atelier.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The front matter of a model card: {@code README.md} between its first two lines of {@code ---}. */
final class ModelCard {
    static final String UNKNOWN = "unknown";

    private static final int MAX_BYTES = 64 << 10;
    private static final Pattern FRONT_MATTER = Pattern.compile("\\A\uFEFF?---\\R(.*?)\\R---", Pattern.DOTALL);

    private ModelCard() {}

    /** The licence's identifier, or its name where the card calls it {@code other}; {@value #UNKNOWN} without one. */
    static String licence(Path folder) {
        try (InputStream in = Files.newInputStream(folder.resolve("README.md"))) {
            Matcher matter = FRONT_MATTER.matcher(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
            if (!matter.find()) {
                return UNKNOWN;
            }
            String licence = field(matter.group(1), "license");
            String name = field(matter.group(1), "license_name");
            return licence.equals("other") && !name.equals(UNKNOWN) ? name : licence;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String field(String matter, String key) {
        Matcher line = Pattern.compile("(?m)^" + key + ":[ \\t]*[\"']?([\\p{L}\\p{N} ._+-]{1,80}?)[\"']?[ \\t]*$")
                .matcher(matter);
        return line.find() ? line.group(1) : UNKNOWN;
    }
}
