package dev.atelier.server.api.images;

import dev.atelier.api.images.ImageData;
import dev.atelier.api.images.ImageError;
import dev.atelier.api.images.ImagesAnswer;
import dev.atelier.api.images.ImagesErrorBody;
import dev.atelier.api.images.ImagesUsage;
import dev.atelier.server.api.Surface;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Predictions as the Images surface writes them. */
@Component
class ImagesJson {
    /** Pixels that are counted as one token. */
    private static final long PIXELS_PER_TOKEN = 256;

    static final String OPAQUE = "opaque";
    private static final String FAILED = "generation_failed";

    private final MediaStore media;

    ImagesJson(MediaStore media) {
        this.media = media;
    }

    /**
     * The answer to a request whose prediction has completed. A picture that failed is told of in the warnings; Ark's clients find it
     * in the data as well, OpenAI's refuse an answer with an entry that has no picture.
     */
    ImagesAnswer answer(Prediction prediction, Surface surface) {
        List<PredictionOutput> made = prediction.outputs().stream()
                .filter(PredictionOutput::succeeded)
                .toList();
        List<PredictionOutput> shown = surface == Surface.ARK ? prediction.outputs() : made;
        Optional<PredictionOutput> first = made.stream().findFirst();
        return new ImagesAnswer(
                prediction.order().request().model(),
                prediction.order().servedBy(),
                prediction.times().completedAt().getEpochSecond(),
                first.map(ImagesJson::size).orElse(null),
                first.map(ImagesJson::format).orElse(null),
                first.map(_ -> OPAQUE).orElse(null),
                shown.stream().map(output -> entry(prediction, output)).toList(),
                usage(prediction, prediction.outputs()),
                prediction.state().warnings().sentences(),
                prediction.order().plan().reasons());
    }

    /** A picture as a link or as base64, or why there is none. */
    ImageData entry(Prediction prediction, PredictionOutput output) {
        if (!output.succeeded()) {
            return ImageData.failed(error(output));
        }
        Prediction.Delivery delivery = prediction.order().delivery();
        String url = delivery.base64()
                ? null
                : media.url(output.media(), StoredMedia.Kind.OUTPUT, delivery.base())
                        .toString();
        return new ImageData(
                url,
                delivery.base64() ? base64(output) : null,
                size(output),
                output.recipe().prompt(),
                null);
    }

    static String size(PredictionOutput picture) {
        return picture.width() + "x" + picture.height();
    }

    static String format(PredictionOutput picture) {
        return picture.contentType().replace("image/", "");
    }

    /** Only pictures are counted: what a prompt costs here does not depend on its length. */
    static ImagesUsage usage(Prediction prediction, List<PredictionOutput> outputs) {
        List<PredictionOutput> made =
                outputs.stream().filter(PredictionOutput::succeeded).toList();
        long tokens = made.stream()
                .mapToLong(output -> (long) output.width() * output.height() / PIXELS_PER_TOKEN)
                .sum();
        int references = prediction.order().request().references().images().size();
        return new ImagesUsage(made.size(), references, tokens);
    }

    static ImageError error(PredictionOutput output) {
        return new ImageError(FAILED, output.error());
    }

    /** Of a whole request, with the field at fault and whose fault it is. */
    static ImagesErrorBody.Detail error(Failure failure) {
        boolean callers = failure.reason() == Failure.Reason.REFERENCE || failure.reason() == Failure.Reason.REQUEST;
        return new ImagesErrorBody.Detail(
                FAILED,
                failure.message(),
                failure.field().isEmpty() ? null : failure.field(),
                callers ? "invalid_request_error" : "server_error");
    }

    String base64(PredictionOutput output) {
        return media.find(output.media())
                .map(media::base64)
                .orElseThrow(() -> ApiException.notFound("picture " + output.index() + " has expired"));
    }
}
