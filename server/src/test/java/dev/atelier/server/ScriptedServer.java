package dev.atelier.server;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Output;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.SubmissionKey;
import dev.atelier.server.prediction.Warnings;
import dev.atelier.studio.PipelineOpener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service on a database of the caller's with a {@link ScriptedPipeline}, used without HTTP. */
public final class ScriptedServer implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();
    private static final Prediction.Delivery DELIVERY = new Prediction.Delivery(
            URI.create("http://localhost"), false, "", Duration.ofHours(1), Duration.ofHours(1));

    private final ConfigurableApplicationContext context;
    private final ScriptedPipeline pipeline;

    private ScriptedServer(ConfigurableApplicationContext context, ScriptedPipeline pipeline) {
        this.context = context;
        this.pipeline = pipeline;
    }

    public static ScriptedServer start(DataSource database, Path data, String... more) {
        return start(database, data, _ -> {}, more);
    }

    /** @param replacements registers beans of the test's own instead of the service's */
    public static ScriptedServer start(
            DataSource database, Path data, Consumer<GenericApplicationContext> replacements, String... more) {
        ScriptedPipeline pipeline = new ScriptedPipeline();
        List<String> args = new ArrayList<>(List.of(
                "--server.port=0",
                "--atelier.data=" + data,
                "--atelier.catalog=" + TestModel.catalog(data),
                "--atelier.worker.poll=20ms",
                "--atelier.worker.lease=3s"));
        args.addAll(List.of(more));
        ConfigurableApplicationContext context = new SpringApplicationBuilder(AtelierServer.class)
                .initializers((GenericApplicationContext beans) -> {
                    beans.registerBean(DataSource.class, () -> database);
                    beans.registerBean(PipelineOpener.class, () -> (_, _) -> pipeline);
                    replacements.accept(beans);
                })
                .run(args.toArray(String[]::new));
        return new ScriptedServer(context, pipeline);
    }

    public ScriptedPipeline pipeline() {
        return pipeline;
    }

    public PredictionService predictions() {
        return context.getBean(PredictionService.class);
    }

    /** Where the service listens. */
    public URI base() {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** The answer to a request without a key. */
    public HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(base() + path))
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Returns once no stream of events is open; leaves the processors to those who close them. */
    public void awaitNoEventStreams() {
        Gauge open = bean(MeterRegistry.class).get("atelier.event.streams").gauge();
        while (open.value() > 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** A part of the service. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    /** A key without limits. */
    public static ApiKey key(String id) {
        return new ApiKey(id, id, Set.of(ApiKey.Scope.values()), ApiKey.Limits.NONE);
    }

    public Prediction submit(String prompt, long seed, ApiKey key) {
        return submit(request("seedling-1", prompt, seed), key);
    }

    /** As a caller that names its submission. */
    public Prediction submit(String prompt, ApiKey key, SubmissionKey submission) {
        GenerationRequest request = request("seedling-1", prompt, Sampling.RANDOM_SEED);
        return submit(request, key, submission);
    }

    /** A sequence with a picture for each of the four seasons. */
    public Prediction submitSeasons(String prompt, ApiKey key) {
        return submitSeasons(prompt, Output.defaults(), key);
    }

    public Prediction submitSeasons(String prompt, Output output, ApiKey key) {
        GenerationRequest request = request("bytedance/seedream-v4.5/sequential", prompt, 7)
                .withSequence(SequenceWish.auto(4))
                .withOutput(output);
        return submit(request, key);
    }

    public Prediction submit(GenerationRequest request, ApiKey key) {
        return submit(request, key, SubmissionKey.NONE);
    }

    private Prediction submit(GenerationRequest request, ApiKey key, SubmissionKey submission) {
        Listing listing = bean(Catalog.class).get(request.model());
        return predictions()
                .submit(
                        new PredictionService.Submission(listing, request, DELIVERY, Warnings.NONE, submission),
                        key.owner());
    }

    /** A finished picture as its caller gets it. */
    public Picture picture(PredictionOutput output) throws IOException {
        MediaStore media = context.getBean(MediaStore.class);
        try (InputStream in = media.open(media.find(output.media()).orElseThrow())) {
            return PictureReader.read(in.readAllBytes(), PictureLimits.DEFAULT);
        }
    }

    public Prediction await(Prediction prediction, ApiKey key) {
        return predictions().await(prediction.id(), key.id(), PATIENCE);
    }

    private static GenerationRequest request(String model, String prompt, long seed) {
        return GenerationRequest.of(model, prompt)
                .withSize(SizeWish.of(256, 256))
                .withSequence(SequenceWish.disabled(1))
                .withSampling(new Sampling(4, 1, seed));
    }

    @Override
    public void close() {
        context.close();
    }
}
