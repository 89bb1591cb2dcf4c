package dev.atelier.engine.weights;

import java.nio.file.Path;
import java.util.Map;

/** A file of tensors, mapped into memory; its tensors are valid until it is closed. */
interface TensorFile extends AutoCloseable {
    Path path();

    /** The tensors by the names that the file gives them, in the order of the file. */
    Map<String, StoredTensor> stored();

    /** What the file says of itself, as texts. */
    Map<String, String> metadata();

    /** Lets the system drop the file's pages from this process's resident memory; they come back when touched. */
    void releasePages();

    /** Another text when the file was replaced or rewritten. */
    String fingerprint();

    @Override
    void close();
}
