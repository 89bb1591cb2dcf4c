package dev.atelier.prompt.template;

import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.TemplateUse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A template's pictures in words.
 *
 * @param use which template, and what was given
 * @param prose one prompt a picture, for models that understand free text
 * @param plain the same in words that small models know
 * @param aspect of the pictures, width divided by height; 0: not said
 */
public record FilledTemplate(
        TemplateUse use, Language language, List<String> prose, List<String> plain, double aspect) {
    public FilledTemplate {
        prose = List.copyOf(prose);
        plain = List.copyOf(plain);
    }

    /** Whether the pictures belong together. */
    public boolean isSeries() {
        return prose.size() > 1;
    }

    /** All prompts as one text, for people and records. */
    public String text() {
        return isSeries()
                ? IntStream.range(0, prose.size())
                        .mapToObj(k -> (k + 1) + ". " + prose.get(k))
                        .collect(Collectors.joining("\n"))
                : prose.getFirst();
    }

    /**
     * A request's prompt: this text.
     *
     * @throws dev.atelier.prompt.InvalidRequestException when the negative prompt is too long
     */
    public Prompt prompt(String negative, boolean expand) {
        return new Prompt(text(), negative, expand);
    }

    /** @param images how many pictures the request wants; 0: not said, which is the template's number */
    public SequenceWish sequence(int images) {
        return isSeries() ? SequenceWish.auto(images) : SequenceWish.disabled(Math.max(1, images));
    }
}
