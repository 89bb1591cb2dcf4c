package dev.atelier.hub;

import java.nio.file.Path;

/**
 * A model folder on this machine.
 *
 * @param name {@code OWNER/NAME}, or that of a built-in model
 * @param bytes of all files in the folder
 * @param licence as the model card says; {@code unknown} when it says nothing
 * @param precision element types of the transformer's weights, as in {@code bf16}; {@code unknown} without readable weights
 * @param state whether it can be used
 */
public record InstalledModel(String name, Path folder, long bytes, String licence, String precision, State state) {
    /** How a folder came to be here. */
    public enum State {
        /** Pulled and verified; every file is there. */
        COMPLETE,
        /** A pull was begun and not finished, or files have gone since. */
        INCOMPLETE,
        /** Put here by hand; nothing is known about what should be in it. */
        UNMANAGED
    }
}
