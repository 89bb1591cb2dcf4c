package dev.atelier.springai;

import dev.atelier.api.ImageView;
import dev.atelier.api.PredictionView;
import dev.atelier.client.ImageService;
import dev.atelier.client.PredictionEvent;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.ai.image.Image;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.image.ImageResponseMetadata;
import org.springframework.ai.image.observation.DefaultImageModelObservationConvention;
import org.springframework.ai.image.observation.ImageModelObservationContext;
import org.springframework.ai.image.observation.ImageModelObservationConvention;
import org.springframework.ai.image.observation.ImageModelObservationDocumentation;

/**
 * Draws with Atelier. The response's metadata hold {@value #PREDICTION_ID}, {@value #MODEL} (who drew), {@value #SEED} (of the first picture),
 * {@value #REVISED_PROMPT}, {@value #WARNINGS} and {@value #REASONS} (lists of sentences), each generation's are {@link AtelierImageMetadata}. A picture that failed
 * is a warning; an order without any is a {@link dev.atelier.client.AtelierException}. For any number of threads.
 */
public final class AtelierImageModel implements ImageModel {
    public static final String PREDICTION_ID = "predictionId";
    public static final String MODEL = "model";
    public static final String SEED = "seed";
    public static final String REVISED_PROMPT = "revisedPrompt";
    public static final String WARNINGS = "warnings";
    public static final String REASONS = "reasons";

    private static final ImageModelObservationConvention CONVENTION = new DefaultImageModelObservationConvention();
    private static final String PROVIDER = "atelier";
    private static final String URL = "url";
    private static final String BASE64 = "b64_json";

    private final ImageService service;
    private final AtelierImageOptions defaults;
    private final ObservationRegistry observations;

    /** @param defaults of prompts that say nothing else */
    public AtelierImageModel(ImageService service, AtelierImageOptions defaults, ObservationRegistry observations) {
        this.service = service;
        this.defaults = defaults;
        this.observations = observations;
    }

    public AtelierImageModel(ImageService service) {
        this(service, AtelierImageOptions.builder().build(), ObservationRegistry.NOOP);
    }

    /**
     * @throws IllegalArgumentException when the prompt cannot be ordered, naming what is wrong
     * @throws dev.atelier.client.AtelierException when it is refused, or no picture was made
     */
    @Override
    public ImageResponse call(ImagePrompt prompt) {
        AtelierImageOptions options = defaults.with(prompt.getOptions());
        requireKnown(options.getResponseFormat());
        ImagePrompt complete = new ImagePrompt(prompt.getInstructions(), options);
        ImageModelObservationContext context = ImageModelObservationContext.builder()
                .imagePrompt(complete)
                .provider(PROVIDER)
                .build();
        return ImageModelObservationDocumentation.IMAGE_MODEL_OPERATION
                .observation(null, CONVENTION, () -> context, observations)
                .observe(() -> {
                    ImageResponse response = draw(complete, options);
                    context.setResponse(response);
                    return response;
                });
    }

    private static void requireKnown(String format) {
        if (format != null && !format.equals(URL) && !format.equals(BASE64)) {
            throw new IllegalArgumentException("responseFormat: '" + format + "' is not " + URL + " or " + BASE64);
        }
    }

    private ImageResponse draw(ImagePrompt prompt, AtelierImageOptions options) {
        ImageOrders.Written written = ImageOrders.of(prompt, options);
        Consumer<PredictionEvent> listener = options.listener() == null ? _ -> {} : options.listener();
        PredictionView drawn = options.stop() == null
                ? service.draw(written.order(), listener)
                : service.draw(written.order(), listener, options.stop());
        return response(drawn, written.warnings(), BASE64.equals(options.getResponseFormat()));
    }

    private ImageResponse response(PredictionView drawn, List<String> told, boolean base64) {
        List<ImageGeneration> generations = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (ImageView image : drawn.images()) {
            if (image.url() == null) {
                failures.add("image " + (image.index() + 1) + ": " + image.error());
            } else {
                generations.add(new ImageGeneration(image(image.url(), base64), AtelierImageMetadata.of(image)));
            }
        }
        ImageResponseMetadata metadata =
                new ImageResponseMetadata(drawn.createdAt().toEpochMilli());
        metadata.put(PREDICTION_ID, drawn.id());
        metadata.put(MODEL, drawn.servedBy());
        metadata.put(SEED, drawn.seed());
        metadata.put(REVISED_PROMPT, drawn.revisedPrompt());
        metadata.put(
                WARNINGS,
                Stream.of(drawn.warnings(), told, failures)
                        .flatMap(List::stream)
                        .toList());
        metadata.put(REASONS, drawn.reasons());
        return new ImageResponse(generations, metadata);
    }

    private Image image(String output, boolean base64) {
        boolean inline = output.startsWith("data:");
        if (!base64 && !inline) {
            return new Image(output, null);
        }
        String encoded = inline
                ? output.substring(output.indexOf(',') + 1)
                : Base64.getEncoder().encodeToString(service.download(output));
        return new Image(null, encoded);
    }
}
