package dev.atelier.engine.generation;

import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.GenerationListener;

/**
 * What the making of some images of a request needs to know of the request: their position in it, who listens, what may cancel it.
 *
 * @param firstImage index of the first of them
 * @param images in the whole request
 */
record GenerationContext(
        int firstImage, int images, GenerationListener listener, Cancellation cancellation, WorkMeter meter) {
    void stage(GenerationListener.Stage stage) {
        cancellation.check();
        listener.onStage(stage, firstImage);
    }

    /** A piece of work is done. */
    void done(Work kind) {
        listener.onProgress(meter.done(kind));
    }

    /** What runs after each piece of this kind. */
    Runnable after(Work kind) {
        return () -> {
            done(kind);
            cancellation.check();
        };
    }

    /** The same request's image {@code index}. */
    GenerationContext at(int index) {
        return new GenerationContext(index, images, listener, cancellation, meter);
    }
}
