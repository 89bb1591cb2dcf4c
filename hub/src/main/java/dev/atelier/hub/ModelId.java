package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model on a hub.
 *
 * @param owner user or organisation
 * @param revision branch, tag or commit
 */
public record ModelId(String owner, String name, String revision) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,95}";
    private static final Pattern FORM =
            Pattern.compile("(" + NAME + ")/(" + NAME + ")(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,254}))?");

    /**
     * Parses {@code OWNER/NAME} or {@code OWNER/NAME@REVISION}; the revision is {@code main} by default.
     *
     * @throws HubException when {@code text} has another form
     */
    public static ModelId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || text.contains("..")) {
            throw new HubException(
                    Kind.BAD_NAME,
                    "model: '" + text + "' is not OWNER/NAME or OWNER/NAME@REVISION (letters, digits, '.', '_', '-')");
        }
        return new ModelId(matcher.group(1), matcher.group(2), matcher.group(3) == null ? "main" : matcher.group(3));
    }

    /** {@code OWNER/NAME}. */
    public String repository() {
        return owner + "/" + name;
    }

    @Override
    public String toString() {
        return repository() + "@" + revision;
    }
}
