/**
 * Lifetimes, element types, devices and errors of libtorch tensors: the one package that knows JavaCPP's quirks.
 *
 * <p>A tensor has one of two lifetimes. <em>Model</em>: made at load, owned by the model, closed with it. <em>Call</em>:
 * everything else, owned by the innermost {@link org.bytedeco.javacpp.PointerScope}. Exactly one result leaves a block,
 * through {@link dev.atelier.engine.tensor.Scopes#scoped}.
 */
package dev.atelier.engine.tensor;
