package dev.atelier.server.worker;

import dev.atelier.server.ProvenanceProperties;
import dev.atelier.studio.ContentCredentials;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the files that workers make say of themselves. */
@Configuration(proxyBeanMethods = false)
class CredentialsConfiguration {
    @Bean
    ContentCredentials contentCredentials(ProvenanceProperties properties) {
        return properties.credentials();
    }
}
