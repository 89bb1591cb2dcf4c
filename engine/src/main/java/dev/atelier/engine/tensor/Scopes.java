package dev.atelier.engine.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Lifetimes of call tensors. All methods run on the calling thread; a scope never crosses threads. */
public final class Scopes {
    private Scopes() {}

    /** Runs {@code body} in a scope of its own; only its result survives, owned by the enclosing scope (or the caller, if none). */
    public static Tensor scoped(Supplier<Tensor> body) {
        Tensor out;
        try (var _ = new PointerScope()) {
            out = keep(body.get());
        }
        handOver(out);
        return out;
    }

    /** As {@link #scoped}, for results that are several tensors; the list's order is kept. */
    public static List<Tensor> scopedAll(Supplier<List<Tensor>> body) {
        List<Tensor> out = new ArrayList<>();
        try (var _ = new PointerScope()) {
            for (Tensor tensor : body.get()) {
                out.add(keep(tensor));
            }
        }
        out.forEach(Scopes::handOver);
        return out;
    }

    /** Runs {@code body} in a scope of its own and returns its plain Java result, which must hold no tensor. */
    public static <T> T plain(Supplier<T> body) {
        try (var _ = new PointerScope()) {
            return body.get();
        }
    }

    /** Runs {@code body} in a scope of its own. */
    public static void run(Runnable body) {
        try (var _ = new PointerScope()) {
            body.run();
        }
    }

    /**
     * Runs {@code body} in a scope of its own; its result is owned by the caller alone, who closes it. For tensors of the
     * model lifetime, and for those kept between calls.
     */
    public static Tensor owned(Supplier<Tensor> body) {
        try (var _ = new PointerScope()) {
            return keep(body.get());
        }
    }

    /** Takes {@code tensor} out of the innermost scope: from now on the caller alone closes it. */
    public static Tensor own(Tensor tensor) {
        Tensor kept = keep(tensor);
        PointerScope scope = PointerScope.getInnerScope();
        if (scope != null) {
            scope.detach(kept);
        }
        return kept;
    }

    /** Closes every given pointer that is not null. */
    public static void close(Iterable<? extends Pointer> pointers) {
        for (Pointer pointer : pointers) {
            if (pointer != null) {
                pointer.close();
            }
        }
    }

    private static Tensor keep(Tensor tensor) {
        // Borrowed from a vector, a tuple or grad(): retaining such a pointer does nothing, so take a share of its own.
        Tensor own = tensor.referenceCount() < 0 ? new Tensor(tensor) : tensor;
        own.retainReference();
        return own;
    }

    private static void handOver(Tensor out) {
        PointerScope outer = PointerScope.getInnerScope();
        if (outer != null) {
            outer.attach(out);
            out.releaseReference();
        }
    }
}
