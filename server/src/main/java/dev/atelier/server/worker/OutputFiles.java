package dev.atelier.server.worker;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.Watermark;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureWriter;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.prompt.Output;
import dev.atelier.server.prediction.Prediction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** Pictures as files. */
final class OutputFiles {
    private static final String SOFTWARE = "Atelier";

    private OutputFiles() {}

    record Encoded(byte[] bytes, String contentType) {}

    /** The picture in the format that the request wants, with what reproduces it. */
    static Encoded encode(GeneratedImage image, Prediction prediction) {
        PictureFormat format = switch (prediction.order().request().output().format()) {
            case PNG -> PictureFormat.PNG;
            case JPEG -> PictureFormat.JPEG;
            case WEBP -> PictureFormat.WEBP;
        };
        PictureMetadata metadata = new PictureMetadata(
                SOFTWARE,
                prediction.order().servedBy(),
                image.prompt(),
                prediction.order().plan().negativePrompt(),
                new PictureMetadata.Sampling(image.seed(), image.steps(), image.guidanceScale()),
                PictureSize.of(image.picture()),
                Map.of("prediction", prediction.id(), "image", String.valueOf(image.index())));
        return new Encoded(
                PictureWriter.write(marked(image.picture(), prediction), format, metadata), format.mediaType());
    }

    /** Whether a prediction's files have the very pixels that the model made: no mark, nothing lost. */
    static boolean isExact(Prediction prediction) {
        Output output = prediction.order().request().output();
        return output.format() == Output.Format.PNG && !output.watermark();
    }

    /** The very pixels that the model made, without any data of their making. */
    static Encoded exact(GeneratedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image.picture().toImage(), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Encoded(bytes.toByteArray(), PictureFormat.PNG.mediaType());
    }

    /** With the visible mark, in the language of the request, if the request wants it. */
    private static Picture marked(Picture picture, Prediction prediction) {
        if (!prediction.order().request().output().watermark()) {
            return picture;
        }
        boolean chinese =
                prediction.order().request().prompt().text().codePoints().anyMatch(Character::isIdeographic);
        return (chinese ? Watermark.CHINESE : Watermark.ENGLISH).drawOn(picture);
    }

    /** A small JPEG without any data of its making. */
    static byte[] preview(Picture picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture.toImage(), "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
