package dev.atelier.server.outbound;

import java.net.InetAddress;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {
    @Bean
    OutboundClient outboundClient(OutboundSettings settings) {
        return new OutboundClient(
                AddressPolicy.allowing(settings.allowedNetworks()), settings.limits(), InetAddress::getAllByName);
    }
}
