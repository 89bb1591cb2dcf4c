package dev.atelier.server.worker;

import dev.atelier.studio.PipelineOpener;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine's pipelines, unless an application brings its own. */
@Configuration(proxyBeanMethods = false)
class PipelineConfiguration {
    @Bean
    @ConditionalOnMissingBean
    PipelineOpener pipelineOpener() {
        return PipelineOpener.ofEngine();
    }
}
