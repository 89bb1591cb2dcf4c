package dev.atelier.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.server.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class PlanningConfigurationTest {
    private static final String MODEL = "../engine/src/test/resources/parity/klein-small";
    private static final String ANSWER = """
            {"id": "c1", "object": "chat.completion", "created": 1, "model": "tiny", "choices": [{"index": 0,
             "finish_reason": "stop", "message": {"role": "assistant", "content":
             "{\\"aspect\\": \\"\\", \\"reason\\": \\"\\", \\"shots\\": [{\\"prompt\\": \\"a sleepy cat\\", \\"references\\": [], \\"keep\\": []}]}"}}]}
            """;

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(PlanningConfiguration.class, Bound.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(EngineerProperties.class)
    static class Bound {}

    @Test
    void rulesPlanUnlessTheSettingsSayOtherwise() {
        service.run(context -> assertThat(
                        plan(context.getBean(PromptEngineer.class)).reasons())
                .containsExactly("planned by rules"));
    }

    @Test
    void anEndpointThatTheSettingsNamePlans() throws IOException {
        HttpServer endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/v1/chat/completions", exchange -> {
            boolean ours = "Bearer key-1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] bytes = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(ours ? 200 : 401, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        endpoint.start();
        try {
            service.withPropertyValues(
                            "atelier.prompt.engineer=endpoint",
                            "atelier.prompt.url=http://127.0.0.1:"
                                    + endpoint.getAddress().getPort() + "/v1",
                            "atelier.prompt.model=tiny",
                            "atelier.prompt.key=key-1",
                            "atelier.prompt.timeout=2m")
                    .run(context -> {
                        GenerationPlan plan = plan(context.getBean(PromptEngineer.class));
                        assertThat(plan.reasons()).containsExactly("planned by tiny at 127.0.0.1");
                        assertThat(plan.revisedPrompt()).isEqualTo("a sleepy cat");
                    });
        } finally {
            endpoint.stop(0);
        }
    }

    @Test
    void aLocalModelIsLoadedWithTheServiceAndClosedWithIt() {
        service.withPropertyValues(
                        "atelier.prompt.engineer=local", "atelier.prompt.model=" + MODEL, "atelier.prompt.timeout=1ms")
                .run(context -> assertThat(
                                plan(context.getBean(PromptEngineer.class)).reasons())
                        .last()
                        .asString()
                        .startsWith("Qwen3 in klein-small was not used: "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        engineer=endpoint                                              | atelier.prompt.url: missing; the engineer 'endpoint' needs
        engineer=endpoint, url=localhost/v1, model=m                   | atelier.prompt.url: localhost/v1 is no http or https URL
        engineer=endpoint, url=http://localhost/v1                     | atelier.prompt.model: missing; the engineer 'endpoint' needs
        engineer=local                                                 | atelier.prompt.model: missing; the engineer 'local' needs
        engineer=local, model=no/such                                  | atelier.prompt.model: no/such is no folder
        engineer=local, model=src                                      | atelier.prompt.model: src/config.json
        engineer=local, model=src, device=mps                          | atelier.prompt.device: 'mps' is none of cpu, cuda, cuda:N
        engineer=endpoint, url=http://h/v1, model=m, timeout=0s        | atelier.prompt.timeout: PT0S; above 0 expected
        """)
    void aWrongSettingIsNamedInALine(String settings, String message) {
        String[] values = settings.replaceAll("(^|, )", "$1atelier.prompt.").split(", ");

        service.withPropertyValues(values)
                .run(context -> assertThat(startException(context.getStartupFailure()))
                        .hasMessageStartingWith(message)
                        .message()
                        .doesNotContain("\n"));
    }

    private static StartException startException(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(StartException.class::isInstance)
                .map(StartException.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static GenerationPlan plan(PromptEngineer engineer) {
        return engineer.plan(GenerationRequest.of("m", "a cat"), ModelProfile.of("m", 512, 16));
    }
}
