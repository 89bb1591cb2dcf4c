package dev.atelier.mcp.tool;

import dev.atelier.api.ModelView;
import dev.atelier.mcp.DrawingException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds models by words, as clients of Atlas Cloud do. */
final class ModelSearch {
    private static final String EDITS = "image-to-image";

    private ModelSearch() {}

    /** Those whose fields have all words of {@code query}, in the catalog's order. */
    static List<ModelView> withWords(List<ModelView> models, String query) {
        List<String> words = words(query);
        return models.stream().filter(model -> hasAll(everything(model), words)).toList();
    }

    /** @throws DrawingException 404 naming those there are */
    static ModelView named(List<ModelView> models, String name) {
        return models.stream()
                .filter(model -> model.model().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> none("model", name, models));
    }

    /**
     * The best hit: the id or name itself; else one whose id has all words, then whose name has, then any field, then any word; among equals one that
     * starts from pictures exactly when there are some, then the first in the catalog.
     *
     * @throws DrawingException 404 naming those there are
     */
    static ModelView best(List<ModelView> models, String keyword, boolean pictures) {
        List<String> words = words(keyword);
        return models.stream()
                .filter(model -> rank(model, keyword.strip(), words) < Integer.MAX_VALUE)
                .min(Comparator.<ModelView>comparingInt(model -> rank(model, keyword.strip(), words))
                        .thenComparing(model -> model.categories().contains(EDITS) != pictures))
                .orElseThrow(() -> none("model_keyword", keyword, models));
    }

    private static int rank(ModelView model, String keyword, List<String> words) {
        if (model.model().equalsIgnoreCase(keyword) || model.displayName().equalsIgnoreCase(keyword)) {
            return 0;
        }
        if (hasAll(model.model(), words)) {
            return 1;
        }
        if (hasAll(model.displayName(), words)) {
            return 2;
        }
        String all = everything(model);
        if (hasAll(all, words)) {
            return 3;
        }
        String lower = all.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(lower::contains) ? 4 : Integer.MAX_VALUE;
    }

    private static String everything(ModelView model) {
        return Stream.of(
                        Stream.of(model.model(), model.displayName(), model.profile(), model.organization()),
                        model.tags().stream(),
                        model.categories().stream())
                .flatMap(texts -> texts)
                .reduce("", (a, b) -> a + " " + b);
    }

    private static List<String> words(String query) {
        return Arrays.stream(query.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static boolean hasAll(String text, List<String> words) {
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }

    private static DrawingException none(String field, String name, List<ModelView> models) {
        String shown = name.length() <= 80 ? name : name.substring(0, 80) + "…";
        return new DrawingException(
                404,
                field + ": '" + shown + "' is not in the catalog; there are "
                        + String.join(
                                ", ", models.stream().map(ModelView::model).toList()));
    }
}
