package dev.atelier.training.lora;

import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.training.dataset.SkipLog;
import dev.atelier.training.dataset.SkippedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Encodes a whole dataset before a training: entries that cannot be used are noted and left out.
 *
 * @param field what the entries are called where all are left out
 * @param skipped notes what is left out
 */
public record DatasetEncoding(String field, SkipLog skipped, TuningListener listener, Cancellation cancellation) {
    /** How one entry is encoded. */
    public interface Encoding<S, E> {
        /** @param index of the entry in its dataset */
        void encode(S entry, int index, Consumer<E> examples) throws SkippedException;
    }

    /**
     * @param name of an entry, to show
     * @throws IllegalArgumentException when no entry can be used
     * @throws java.util.concurrent.CancellationException after a cancellation; what was encoded stays
     */
    public <S, E> List<E> encode(List<S> entries, Function<? super S, String> name, Encoding<S, E> encoding) {
        List<E> out = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                encoding.encode(entries.get(i), i, out::add);
            } catch (SkippedException e) {
                skipped.add(name.apply(entries.get(i)), e);
            }
            listener.onEncoded(i + 1, entries.size());
            cancellation.check();
        }
        if (out.isEmpty()) {
            throw new IllegalArgumentException(
                    field + ": no picture can be used; left out: " + String.join("; ", skipped.lines()));
        }
        return out;
    }
}
