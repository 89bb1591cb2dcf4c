package dev.atelier.training.optim;

import dev.atelier.engine.tensor.DType;
import java.util.Collection;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What an {@link Optimizer} changes: all parameters of a model as views of one flat tensor, their gradients as views of another. */
public interface Parameters {
    /** (count), float32 */
    Tensor values();

    /** (count), float32; added to by backward passes */
    Tensor gradients();

    /** Gives the layers the present {@link #values}; called after every change of them. */
    default void publish() {}

    /** Where each parameter lies; only those listed can be updated as matrices. */
    default Collection<ParameterStore.Slot> parts() {
        return List.of();
    }

    /** The type in which matrices may be multiplied. */
    default DType computeType() {
        return DType.F32;
    }
}
