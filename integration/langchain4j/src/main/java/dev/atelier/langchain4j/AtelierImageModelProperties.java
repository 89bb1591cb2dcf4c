package dev.atelier.langchain4j;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code langchain4j.atelier.image-model}; what is null is the service's choice.
 *
 * @param baseUrl of the service
 * @param apiKey sent as bearer; empty: none
 * @param timeout until an order's pictures are finished
 */
@ConfigurationProperties("langchain4j.atelier.image-model")
record AtelierImageModelProperties(
        @DefaultValue("http://localhost:8080") URI baseUrl,
        @DefaultValue("") String apiKey,
        @DefaultValue("1h") Duration timeout,
        String modelName,
        String size,
        Long seed,
        Integer steps,
        Double guidanceScale,
        String negativePrompt,
        String outputFormat,
        Boolean watermark,
        @DefaultValue("false") boolean sequence,
        @DefaultValue("false") boolean inline) {
    /** Without the key. */
    @Override
    public String toString() {
        return "AtelierImageModelProperties[" + baseUrl + "]";
    }
}
