package dev.atelier.engine.bench;

import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImageRequest;
import java.nio.file.Path;

/**
 * What to measure.
 *
 * @param model a model folder; {@link Benchmark#shape} makes one of random weights
 * @param width pixels
 * @param height pixels
 * @param steps denoising steps a picture, at least 1
 * @param rounds pictures made one after another, at least 1; the first also pays for reading the weights
 * @param engine device, precision, threads, cache folder
 */
public record BenchmarkOptions(Path model, int width, int height, int steps, int rounds, EngineOptions engine) {
    public BenchmarkOptions {
        if (steps < 1 || steps > ImageRequest.MAX_STEPS) {
            throw new IllegalArgumentException("steps: " + steps + " is not in 1 to " + ImageRequest.MAX_STEPS);
        }
        if (rounds < 1 || rounds > 1000) {
            throw new IllegalArgumentException("rounds: " + rounds + " is not in 1 to 1000");
        }
    }
}
