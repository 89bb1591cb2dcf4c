package dev.atelier.server;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all rooms share. */
@Configuration(proxyBeanMethods = false)
class ServiceConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
