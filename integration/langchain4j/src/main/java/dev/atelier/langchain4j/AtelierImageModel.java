package dev.atelier.langchain4j;

import dev.atelier.api.ImageView;
import dev.atelier.api.PredictionView;
import dev.atelier.client.AtelierException;
import dev.atelier.client.ImageOrder;
import dev.atelier.client.ImageService;
import dev.atelier.client.PredictionEvent;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Draws and edits with Atelier. A response's metadata hold {@value #PREDICTION_ID}, {@value #MODEL} (who drew), {@value #SEEDS} (one a picture),
 * {@value #WARNINGS} and {@value #REASONS} (lists of sentences). A picture that failed is a warning; an order without any is an
 * {@link AtelierException}. For any number of threads.
 */
public final class AtelierImageModel implements ImageModel {
    public static final String PREDICTION_ID = "predictionId";
    public static final String MODEL = "model";
    public static final String SEEDS = "seeds";
    public static final String WARNINGS = "warnings";
    public static final String REASONS = "reasons";

    private static final int MOST = 15;

    private final ImageService service;
    private final Map<String, Object> fields;
    private final List<String> references;
    private final boolean together;
    private final boolean inline;
    private final Consumer<PredictionEvent> listener;
    private final CompletionStage<?> stop;

    private AtelierImageModel(Builder builder) {
        service = builder.service;
        fields = new LinkedHashMap<>(builder.fields);
        references = List.copyOf(builder.references);
        together = builder.together;
        inline = builder.inline;
        listener = builder.listener;
        stop = builder.stop;
    }

    /** @param service a running service ({@code AtelierClient.at("http://localhost:8080").open()}) or this process; the caller closes it */
    public static Builder builder(ImageService service) {
        return new Builder(service);
    }

    @Override
    public Response<Image> generate(String prompt) {
        return first(draw(order(prompt, references).images(1)));
    }

    /** @param n 1 to 15; of a sequence the most, as many as the words ask for */
    @Override
    public Response<List<Image>> generate(String prompt, int n) {
        if (n < 1 || n > MOST) {
            throw new IllegalArgumentException("n: " + n + " is not in 1 to " + MOST);
        }
        ImageOrder.Builder order = order(prompt, references);
        return draw(together ? order.sequence(n) : order.images(n));
    }

    /** {@code image} is "image 1" of the prompt's words, the model's own references follow. */
    @Override
    public Response<Image> edit(Image image, String prompt) {
        return first(draw(order(prompt, withFirst(image)).images(1)));
    }

    /** @param mask white where {@code image} may change */
    @Override
    public Response<Image> edit(Image image, Image mask, String prompt) {
        return first(draw(order(prompt, withFirst(image)).images(1).mask(picture("mask", mask))));
    }

    private List<String> withFirst(Image image) {
        return Stream.concat(Stream.of(picture("image", image)), references.stream())
                .toList();
    }

    private ImageOrder.Builder order(String prompt, List<String> pictures) {
        ImageOrder.Builder order = ImageOrder.of(prompt);
        fields.forEach(order::set);
        pictures.forEach(order::reference);
        return order;
    }

    private static String picture(String name, Image image) {
        if (image.url() != null) {
            return image.url().toString();
        }
        if (image.base64Data() == null) {
            throw new IllegalArgumentException(name + ": has neither a URL nor base64 data");
        }
        return image.base64Data();
    }

    private Response<List<Image>> draw(ImageOrder.Builder order) {
        PredictionView drawn =
                stop == null ? service.draw(order.build(), listener) : service.draw(order.build(), listener, stop);
        List<Image> images = new ArrayList<>();
        List<Long> seeds = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (ImageView image : drawn.images()) {
            if (image.url() == null) {
                failures.add("image " + (image.index() + 1) + ": " + image.error());
            } else {
                images.add(image(image));
                seeds.add(image.seed());
            }
        }
        return Response.from(
                images,
                null,
                null,
                Map.of(
                        PREDICTION_ID,
                        drawn.id(),
                        MODEL,
                        drawn.servedBy(),
                        SEEDS,
                        List.copyOf(seeds),
                        WARNINGS,
                        Stream.concat(drawn.warnings().stream(), failures.stream())
                                .toList(),
                        REASONS,
                        drawn.reasons()));
    }

    private Image image(ImageView drawn) {
        String output = drawn.url();
        Image.Builder image = Image.builder().revisedPrompt(drawn.prompt()).mimeType(mimeType());
        if (output.startsWith("data:")) {
            return image.base64Data(output.substring(output.indexOf(',') + 1)).build();
        }
        return inline
                ? image.base64Data(Base64.getEncoder().encodeToString(service.download(output)))
                        .build()
                : image.url(output).build();
    }

    private String mimeType() {
        String format = String.valueOf(fields.getOrDefault("output_format", "png"));
        return "image/" + (format.equals("jpg") ? "jpeg" : format);
    }

    private static Response<Image> first(Response<List<Image>> drawn) {
        if (drawn.content().isEmpty()) {
            String why = String.join("; ", strings(drawn.metadata().get(WARNINGS)));
            throw new AtelierException(AtelierException.Code.FAILED, "", "no picture was made: " + why, null, null);
        }
        return Response.from(drawn.content().getFirst(), null, null, drawn.metadata());
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    /** What LangChain4j's interface has no words for. Every method sets one field of all orders; the last call counts. */
    public static final class Builder {
        private final ImageService service;
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final List<String> references = new ArrayList<>();
        private boolean together;
        private boolean inline;
        private Consumer<PredictionEvent> listener = _ -> {};
        private CompletionStage<?> stop;

        private Builder(ImageService service) {
            this.service = Objects.requireNonNull(service, "service");
        }

        /** A name of the service's catalog; left open, its first. */
        public Builder modelName(String name) {
            return field("model", name);
        }

        /** In pixels. */
        public Builder size(int width, int height) {
            return size(width + "*" + height);
        }

        /** {@code WIDTHxHEIGHT}, {@code 1K} to {@code 4K}, or a shape such as {@code 16:9}. */
        public Builder size(String size) {
            return field("size", size);
        }

        /** The same seed draws the same picture. */
        public Builder seed(Long seed) {
            return field("seed", seed);
        }

        public Builder steps(Integer steps) {
            return field("steps", steps);
        }

        /** How closely the words are followed, 0 to 100. */
        public Builder guidanceScale(Double scale) {
            return field("guidance_scale", scale);
        }

        public Builder negativePrompt(String words) {
            return field("negative_prompt", words);
        }

        /** How far an edit may move from its picture, 0 to 1. */
        public Builder strength(Double strength) {
            return field("strength", strength);
        }

        /** {@code png}, {@code jpeg} or {@code webp}. */
        public Builder outputFormat(String format) {
            return field("output_format", format);
        }

        public Builder watermark(Boolean visible) {
            return field("watermark", visible);
        }

        /** Whether the words may be put so that the model knows them. */
        public Builder expandPrompt(Boolean expand) {
            return field("enable_prompt_expansion", expand);
        }

        /** Any other field of the service's orders; null leaves it open. */
        public Builder field(String name, Object value) {
            if (value == null) {
                fields.remove(name);
            } else {
                fields.put(name, value);
            }
            return this;
        }

        /** Adds a picture that every order starts from, after the one that an edit is given. */
        public Builder reference(Image picture) {
            references.add(picture("reference", picture));
            return this;
        }

        /** Whether {@code generate(prompt, n)} makes pictures that belong together, each with the earlier ones in view. */
        public Builder sequence(boolean belongTogether) {
            together = belongTogether;
            return this;
        }

        /** Whether images hold the pictures themselves instead of URLs. */
        public Builder inline(boolean pictures) {
            inline = pictures;
            return this;
        }

        /** Hears of progress and of each picture as it comes, before the call returns. */
        public Builder onEvent(Consumer<PredictionEvent> heard) {
            listener = heard;
            return this;
        }

        /** Its completion, in whatever way, cancels what is being drawn; so does an interrupt of the calling thread. */
        public Builder cancelOn(CompletionStage<?> signal) {
            stop = signal;
            return this;
        }

        public AtelierImageModel build() {
            return new AtelierImageModel(this);
        }
    }
}
