package dev.atelier.langchain4j;

import dev.atelier.client.AtelierClient;
import dev.atelier.client.ImageService;
import dev.langchain4j.model.image.ImageModel;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Atelier as LangChain4j's {@code ImageModel} in Spring Boot, unless {@code langchain4j.atelier.image-model.enabled} is false or there is one. An
 * {@code ImageService} of the application's own takes the place of the client.
 */
@AutoConfiguration
@ConditionalOnClass(ImageModel.class)
@ConditionalOnProperty(name = "langchain4j.atelier.image-model.enabled", matchIfMissing = true)
@EnableConfigurationProperties(AtelierImageModelProperties.class)
public class AtelierImageModelAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(ImageService.class)
    AtelierClient atelierClient(AtelierImageModelProperties properties) {
        return AtelierClient.at(properties.baseUrl())
                .key(properties.apiKey())
                .waitTimeout(properties.timeout())
                .open();
    }

    @Bean
    @ConditionalOnMissingBean(ImageModel.class)
    AtelierImageModel atelierLangChainImageModel(ImageService service, AtelierImageModelProperties properties) {
        return AtelierImageModel.builder(service)
                .modelName(properties.modelName())
                .size(properties.size())
                .seed(properties.seed())
                .steps(properties.steps())
                .guidanceScale(properties.guidanceScale())
                .negativePrompt(properties.negativePrompt())
                .outputFormat(properties.outputFormat())
                .watermark(properties.watermark())
                .sequence(properties.sequence())
                .inline(properties.inline())
                .build();
    }
}
