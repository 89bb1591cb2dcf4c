package dev.atelier.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.client.AtelierClient;
import dev.atelier.client.ImageService;
import dev.langchain4j.model.image.DisabledImageModel;
import dev.langchain4j.model.image.ImageModel;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AtelierImageModelAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AtelierImageModelAutoConfiguration.class));

    @Test
    void theModelIsThereWithAClientOfTheServiceThatIsNamed() {
        runner.withPropertyValues("langchain4j.atelier.image-model.base-url=http://studio:9000")
                .run(context -> {
                    assertThat(context).hasSingleBean(AtelierImageModel.class);
                    assertThat(context.getBean(AtelierClient.class)).hasToString("AtelierClient[http://studio:9000]");
                });
    }

    @Test
    void anotherModelOrAServiceOfTheApplicationsOwnGoesFirst() {
        runner.withBean(ImageModel.class, DisabledImageModel::new)
                .run(context -> assertThat(context).doesNotHaveBean(AtelierImageModel.class));
        runner.withPropertyValues("langchain4j.atelier.image-model.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ImageModel.class));
        RecordingService own = new RecordingService().picture("http://host/1.png");
        runner.withBean(ImageService.class, () -> own)
                .withPropertyValues(
                        "langchain4j.atelier.image-model.seed=42",
                        "langchain4j.atelier.image-model.model-name=seedling-1",
                        "langchain4j.atelier.image-model.sequence=true")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(AtelierClient.class);
                    context.getBean(ImageModel.class).generate("a story", 4);
                    assertThat(own.orders.getLast().fields())
                            .containsEntry("seed", 42L)
                            .containsEntry("model", "seedling-1")
                            .containsEntry("sequential_image_generation", "auto");
                });
    }
}
