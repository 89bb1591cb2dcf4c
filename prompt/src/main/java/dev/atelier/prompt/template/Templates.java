package dev.atelier.prompt.template;

import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.TemplateUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All templates, read once from the files of their industries. */
public final class Templates {
    private static final List<String> INDUSTRIES =
            List.of("shop", "film", "advertising", "games", "teaching", "rooms", "buildings", "fashion");
    private static final Pattern REFERENCE =
            Pattern.compile("(?<name>[a-z0-9-]{1,40}/[a-z0-9-]{1,40})(?:@(?<version>[0-9]{1,6}))?");
    private static final Map<String, Template> BY_NAME = read();

    private Templates() {}

    /** In the order of their industries. */
    public static List<Template> all() {
        return List.copyOf(BY_NAME.values());
    }

    /**
     * The template of a name, with or without its version: {@code shop/packshot}, {@code shop/packshot@1}.
     *
     * @throws InvalidRequestException when there is none, or only one of another version
     */
    public static Template get(String reference) {
        Matcher parts = REFERENCE.matcher(reference.strip().toLowerCase(Locale.ROOT));
        Template template = parts.matches() ? BY_NAME.get(parts.group("name")) : null;
        if (template == null) {
            throw new InvalidRequestException(
                    "template",
                    "'" + cut(reference) + "' is not known",
                    "one of " + String.join(", ", BY_NAME.keySet()) + " is needed");
        }
        String version = parts.group("version");
        if (version != null && Integer.parseInt(version) != template.version()) {
            throw new InvalidRequestException(
                    "template",
                    template.name() + " has no version " + version,
                    "version " + template.version() + " is here");
        }
        return template;
    }

    /** What a request asked for, once more. */
    static FilledTemplate fill(TemplateUse use) {
        return get(use.reference()).fill(use.slots());
    }

    private static Map<String, Template> read() {
        Map<String, Template> templates = new LinkedHashMap<>();
        INDUSTRIES.stream()
                .flatMap(industry -> TemplateFile.read(industry).stream())
                .forEach(template -> templates.put(template.name(), template));
        return templates;
    }

    private static String cut(String text) {
        String shown = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?");
        return shown.length() <= 40 ? shown : shown.substring(0, 40) + "…";
    }
}
