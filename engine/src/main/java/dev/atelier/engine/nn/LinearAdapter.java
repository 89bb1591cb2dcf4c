package dev.atelier.engine.nn;

/** Changes linear layers while a model is built, as {@link AdaptedLayers} hands them over. */
@FunctionalInterface
public interface LinearAdapter {
    /** Leaves every layer as it is. */
    LinearAdapter NONE = (base, name, in, out) -> base;

    /**
     * @param name full name of the layer within its component, without {@code .weight}
     * @return {@code base}, or a layer from {@code in} to {@code out} around it
     */
    Linear around(Linear base, String name, long in, long out);
}
