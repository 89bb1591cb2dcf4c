package dev.atelier.training.pretraining;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * In what two configurations of a kind differ, under the names that configuration files have.
 *
 * @param first the first one's values, as {@code num_layers 4, axes_dims_rope [16, 16]}
 * @param second the second one's
 */
record ConfigDifference(String first, String second) {
    static <T extends Record> ConfigDifference between(T a, T b) {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        for (RecordComponent component : a.getClass().getRecordComponents()) {
            Object ours = value(component, a);
            Object theirs = value(component, b);
            if (!Objects.equals(ours, theirs)) {
                String key = component
                        .getName()
                        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                        .toLowerCase(Locale.ROOT);
                first.add(key + " " + ours);
                second.add(key + " " + theirs);
            }
        }
        return new ConfigDifference(String.join(", ", first), String.join(", ", second));
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    boolean isEmpty() {
        return first.isEmpty();
    }
}
