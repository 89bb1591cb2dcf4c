package dev.atelier.engine.generation;

import dev.atelier.engine.image.PictureMask;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.vae.AutoencoderKLFlux2;
import java.util.Collections;
import java.util.List;

/** Names the work of a request beforehand, in operations. */
final class WorkPlan {
    /** Of FLUX.2's convolutional decoder and encoder for each pixel, by their time beside a step's; measured on a CPU. */
    private static final double CONVOLUTION_OPERATIONS = 6e6;

    private static final double TRANSFORM_OPERATIONS = 2e4;
    private static final double SCALING_OPERATIONS = 1e3;

    private final Components components;
    private final PromptEncoder prompts;
    private final ImageGeneration generation;
    private final TiledUpscaler upscaler;

    /**
     * The tokens of references that a picture sees.
     *
     * @param inline whose tokens are part of every step
     * @param cached keys and values only
     */
    record Seen(long inline, long cached) {}

    WorkPlan(Components components, PromptEncoder prompts, ImageGeneration generation, TiledUpscaler upscaler) {
        this.components = components;
        this.prompts = prompts;
        this.generation = generation;
        this.upscaler = upscaler;
    }

    /** The way of one batch from its prompt to pictures. */
    void expect(WorkMeter meter, ImageRequest request, ImageGeneration.Settings settings, Seen seen) {
        int batch = request.seeds().size();
        int passes = generation.guided(settings) ? 2 : 1;
        int text = generation.textTokens(request, settings);
        expectText(meter, request, text, passes > 1);
        Canvas canvas = settings.canvas();
        long tokens = (long) canvas.rows() * canvas.columns();
        meter.expect(
                Work.STEP,
                settings.schedule().steps(),
                (double) passes * batch * step(text, tokens + seen.inline(), seen.cached()));
        for (int i = 0; i < batch; i++) {
            expectDecode(meter, canvas.rows(), canvas.columns());
            if (components.sharpener != null) {
                expectSharpening(meter, canvas, text);
            } else if (upscaler.wanted(canvas) && request.edit().effectiveStrength() > 0) {
                expectRefinement(meter, request, settings);
            }
            meter.expect(Work.SCALE, 1, SCALING_OPERATIONS * canvas.width() * canvas.height());
        }
    }

    /** References to latents, keys and values. @param tokens of all of them @param earlier tokens that they see beside themselves */
    void expectReferences(WorkMeter meter, long tokens, long earlier) {
        double pixels = (double) tokens * components.vae.sizeMultiple() * components.vae.sizeMultiple();
        meter.expect(Work.REFERENCES, tokens > 0 ? 1 : 0, pixels * autoencoderOperations() + step(0, tokens, earlier));
    }

    private void expectText(WorkMeter meter, ImageRequest request, int length, boolean guided) {
        List<String> wanted = guided ? List.of(request.prompt(), request.negativePrompt()) : List.of(request.prompt());
        long missing = wanted.stream()
                .distinct()
                .filter(p -> !prompts.knows(p, length))
                .count();
        int layers = Collections.max(components.index.textEncoderOutLayers());
        meter.expect(
                Work.TEXT,
                missing > 0 ? 1 : 0,
                missing * WorkEstimate.text(components.textEncoder.config(), length, length, layers));
    }

    private void expectRefinement(WorkMeter meter, ImageRequest request, ImageGeneration.Settings settings) {
        Canvas canvas = settings.canvas();
        PictureMask mask = request.edit().mask() == null
                ? null
                : PictureMask.of(request.edit().mask(), canvas.width(), canvas.height());
        Windows windows = upscaler.windows(canvas, mask);
        int multiple = components.vae.sizeMultiple();
        Canvas grid = Canvas.covering(canvas.width(), canvas.height(), multiple);
        meter.expect(Work.ENCODE, 1, autoencoderOperations() * grid.baseWidth() * grid.baseHeight());
        long whole = (long) canvas.rows() * canvas.columns();
        expectReferences(meter, whole, 0);
        int text = generation.textTokens(request, settings);
        double window = step(text, (long) windows.rows() * windows.columns(), whole);
        int steps = upscaler.schedule(settings.schedule().steps()).steps();
        for (int i = 0; i < steps; i++) {
            windows.batches().forEach(batch -> meter.expect(Work.STEP, 1, window * batch.size()));
        }
        expectDecode(meter, grid.rows(), grid.columns());
    }

    private void expectSharpening(WorkMeter meter, Canvas canvas, int text) {
        Sharpener sharpener = components.sharpener;
        PictureSize base = new PictureSize(canvas.baseWidth(), canvas.baseHeight());
        for (PictureSize size : sharpener.sizes(base, canvas.largestNeeded())) {
            meter.expect(Work.SCALE, 1, SCALING_OPERATIONS * size.pixels());
            meter.expect(Work.ENCODE, 1, TRANSFORM_OPERATIONS * size.pixels());
            for (Windows windows : sharpener.windows(size)) {
                double window = WorkEstimate.step(
                        sharpener.transformer().config(), text, (long) windows.rows() * windows.columns(), 0);
                windows.batches().forEach(batch -> meter.expect(Work.STEP, 1, window * batch.size()));
            }
            meter.expect(Work.DECODE, sharpener.decodeTiles(size), TRANSFORM_OPERATIONS * size.pixels());
        }
    }

    private void expectDecode(WorkMeter meter, int rows, int columns) {
        int tiles = components.vae.decodeTiles(rows, columns);
        double pixels = (double) rows * columns * components.vae.sizeMultiple() * components.vae.sizeMultiple();
        meter.expect(Work.DECODE, tiles, autoencoderOperations() * pixels / tiles);
    }

    private double step(long text, long image, long cached) {
        return WorkEstimate.step(components.transformer.config(), text, image, cached);
    }

    private double autoencoderOperations() {
        return components.vae instanceof AutoencoderKLFlux2 ? CONVOLUTION_OPERATIONS : TRANSFORM_OPERATIONS;
    }
}
