package dev.atelier.springai;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code spring.ai.atelier}.
 *
 * @param baseUrl of the service
 * @param apiKey sent as bearer; empty: none
 * @param timeout until an order's pictures are finished
 * @param image what prompts leave open
 */
@ConfigurationProperties("spring.ai.atelier")
record AtelierProperties(
        @DefaultValue("http://localhost:8080") URI baseUrl,
        @DefaultValue("") String apiKey,
        @DefaultValue("1h") Duration timeout,
        @DefaultValue Image image) {
    /** Without the key. */
    @Override
    public String toString() {
        return "AtelierProperties[" + baseUrl + ", " + image + "]";
    }

    /** As {@link AtelierImageOptions} has them; null: left open. */
    record Image(
            String model,
            Integer n,
            Integer width,
            Integer height,
            String size,
            String responseFormat,
            Boolean sequence,
            Long seed,
            Integer steps,
            Double guidanceScale,
            String negativePrompt,
            String outputFormat,
            Boolean watermark,
            Boolean expandPrompt) {
        AtelierImageOptions options() {
            return AtelierImageOptions.builder()
                    .model(model)
                    .n(n)
                    .width(width)
                    .height(height)
                    .size(size)
                    .responseFormat(responseFormat)
                    .sequence(sequence)
                    .seed(seed)
                    .steps(steps)
                    .guidanceScale(guidanceScale)
                    .negativePrompt(negativePrompt)
                    .outputFormat(outputFormat)
                    .watermark(watermark)
                    .expandPrompt(expandPrompt)
                    .build();
        }
    }
}
