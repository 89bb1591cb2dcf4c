package dev.atelier.server.arena;

import dev.atelier.prompt.Prompt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The prompts that come with Atelier: eight uses, each in English and Chinese, single pictures and sequences. */
final class BuiltInPrompts {
    private static final String FILE = "atelier/arena-prompts.yaml";

    private BuiltInPrompts() {}

    record Entry(String text, int images) {}

    record Category(String category, List<Entry> prompts) {}

    static List<ArenaPrompt> read() {
        YAMLMapper yaml = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        try (InputStream in = new ClassPathResource(FILE).getInputStream()) {
            List<ArenaPrompt> prompts = new ArrayList<>();
            for (Category category : yaml.readValue(in, Category[].class)) {
                for (int i = 0; i < category.prompts().size(); i++) {
                    prompts.add(prompt(category, i));
                }
            }
            return List.copyOf(prompts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArenaPrompt prompt(Category category, int index) {
        Entry entry = category.prompts().get(index);
        int images = Math.max(1, entry.images());
        return new ArenaPrompt(
                category.category() + "-" + (index + 1),
                Prompt.of(entry.text()).text(),
                images == 1 ? ArenaPrompt.Task.TEXT_TO_IMAGE : ArenaPrompt.Task.SEQUENCE,
                category.category(),
                images,
                "",
                ArenaPrompt.Origin.BUILT_IN);
    }
}
