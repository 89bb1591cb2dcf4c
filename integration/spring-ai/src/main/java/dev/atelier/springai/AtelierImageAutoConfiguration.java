package dev.atelier.springai;

import dev.atelier.client.AtelierClient;
import dev.atelier.client.ImageService;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.model.SpringAIModelProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Atelier as the application's {@code ImageModel}, where {@code spring.ai.model.image} is {@code atelier} or says nothing. An {@code ImageService}
 * of the application's own takes the place of the client.
 */
@AutoConfiguration
@ConditionalOnClass(ImageModel.class)
@ConditionalOnProperty(name = SpringAIModelProperties.IMAGE_MODEL, havingValue = "atelier", matchIfMissing = true)
@EnableConfigurationProperties(AtelierProperties.class)
public class AtelierImageAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(ImageService.class)
    AtelierClient atelierClient(AtelierProperties properties) {
        return AtelierClient.at(properties.baseUrl())
                .key(properties.apiKey())
                .waitTimeout(properties.timeout())
                .open();
    }

    @Bean
    @ConditionalOnMissingBean
    AtelierImageModel atelierImageModel(
            ImageService service, AtelierProperties properties, ObjectProvider<ObservationRegistry> observations) {
        return new AtelierImageModel(
                service, properties.image().options(), observations.getIfUnique(() -> ObservationRegistry.NOOP));
    }
}
