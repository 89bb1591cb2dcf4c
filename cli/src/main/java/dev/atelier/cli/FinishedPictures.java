package dev.atelier.cli;

import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.studio.PictureStamp;
import java.nio.file.Path;
import java.util.Locale;

/** Writes each picture of a plan as soon as it is finished, and tells its file's name. */
record FinishedPictures(PictureStamp stamp, OutputFiles files, Terminal terminal) {
    /** @param index in the plan */
    void write(int index, GeneratedImage image) {
        Path file = files.write(stamp.file(image), index, stamp.plan().shots().size());
        terminal.result(file.toString());
        terminal.note(String.format(
                Locale.ROOT,
                "  %dx%d, seed %d, %d steps, guidance %s, %s",
                image.picture().width(),
                image.picture().height(),
                image.seed(),
                image.steps(),
                image.guidanceScale(),
                Sizes.seconds(image.seconds())));
    }
}
