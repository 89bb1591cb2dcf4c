package dev.atelier.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.client.AtelierClient;
import dev.atelier.client.ImageService;
import org.junit.jupiter.api.Test;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AtelierImageAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AtelierImageAutoConfiguration.class));

    @Test
    void theModelIsThereWithAClientOfTheServiceThatIsNamed() {
        runner.withPropertyValues("spring.ai.model.image=atelier", "spring.ai.atelier.base-url=http://studio:9000/")
                .run(context -> {
                    assertThat(context).hasSingleBean(ImageModel.class);
                    assertThat(context.getBean(AtelierClient.class)).hasToString("AtelierClient[http://studio:9000]");
                });
        runner.run(context -> assertThat(context).hasSingleBean(AtelierImageModel.class));
    }

    @Test
    void anotherModelIsNotDisturbed() {
        runner.withPropertyValues("spring.ai.model.image=openai")
                .run(context ->
                        assertThat(context).doesNotHaveBean(ImageModel.class).doesNotHaveBean(AtelierClient.class));
    }

    @Test
    void aServiceOfTheApplicationsOwnIsUsedWithTheSettings() {
        RecordingService own = new RecordingService().picture("http://host/1.png");
        runner.withBean(ImageService.class, () -> own)
                .withPropertyValues(
                        "spring.ai.atelier.image.model=seedling-1",
                        "spring.ai.atelier.image.seed=42",
                        "spring.ai.atelier.image.guidance-scale=1.5",
                        "spring.ai.atelier.image.sequence=true",
                        "spring.ai.atelier.image.expand-prompt=false")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(AtelierClient.class);
                    context.getBean(ImageModel.class).call(new ImagePrompt("a fox"));
                    assertThat(own.orders.getLast().fields())
                            .containsEntry("model", "seedling-1")
                            .containsEntry("seed", 42L)
                            .containsEntry("guidance_scale", 1.5)
                            .containsEntry("sequential_image_generation", "auto")
                            .containsEntry("enable_prompt_expansion", false)
                            .hasSize(6);
                });
    }

    @Test
    void aSettingThatIsNoneStopsTheStart() {
        runner.withPropertyValues("spring.ai.atelier.base-url=ftp://studio")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("base: 'ftp://studio' is not like http://localhost:8080"));
    }
}
