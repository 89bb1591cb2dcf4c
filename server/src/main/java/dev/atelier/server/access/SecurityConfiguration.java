package dev.atelier.server.access;

import dev.atelier.server.access.ApiKey.Scope;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.error.ErrorWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Which paths need a key, and which scope of it. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String[] FOR_EVERYONE = {
        "/api/v1/models",
        "/api/v1/models/**",
        "/api/v1/webhooks/jwks.json",
        "/actuator/health/**",
        "/v3/api-docs/**",
        "/swagger-ui/**",
        "/swagger-ui.html"
    };

    /** Each tool decides by itself what a key may do. */
    private static final String FOR_EVERY_KEY = "/mcp";

    private static final String[] WITH_KEY = {"/api/**", "/v1/**", "/mcp/**", "/mcp", "/actuator/**", "/public/**"};

    @Bean
    SecurityFilterChain paths(HttpSecurity http, Keys keys, LoopbackAccess loopback, ErrorWriter errors) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .cors(Customizer.withDefaults())
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new BearerKeyFilter(keys, loopback), UsernamePasswordAuthenticationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(reading(FOR_EVERYONE))
                                .permitAll()
                                .requestMatchers(arenaOffice())
                                .hasAuthority(Scope.ARENA.name())
                                .requestMatchers(FOR_EVERY_KEY)
                                .hasAnyAuthority(Scope.READ.name(), Scope.GENERATE.name())
                                .requestMatchers(reading(WITH_KEY))
                                .hasAuthority(Scope.READ.name())
                                .requestMatchers(WITH_KEY)
                                .hasAuthority(Scope.GENERATE.name())
                                .anyRequest()
                                .permitAll())
                .exceptionHandling(failures -> failures.authenticationEntryPoint((request, response, _) -> {
                            ApiException refusal = unknownCaller(request, loopback);
                            if (refusal.status() == HttpStatus.UNAUTHORIZED) {
                                // Without a challenge (RFC 9110, 11.6.1) agents look for a login that there is not.
                                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"atelier\"");
                            }
                            errors.write(request, response, refusal);
                        })
                        .accessDeniedHandler((request, response, _) -> errors.write(
                                request, response, HttpStatus.FORBIDDEN, "this key's scopes do not allow that")))
                .build();
    }

    private static ApiException unknownCaller(HttpServletRequest request, LoopbackAccess loopback) {
        return request.getAttribute(BearerKeyFilter.OUTAGE) instanceof ApiException outage
                ? outage
                : ApiException.of(HttpStatus.UNAUTHORIZED, "", loopback.whyClosedFor(request));
    }

    /** What changes the arena for everybody, and the votes of all; battles and votes need no more than other requests do. */
    private static RequestMatcher[] arenaOffice() {
        PathPatternRequestMatcher.Builder matchers = PathPatternRequestMatcher.withDefaults();
        Stream<RequestMatcher> changes = Stream.of(HttpMethod.POST, HttpMethod.DELETE)
                .flatMap(method -> Stream.of("contenders", "prompts", "promotions")
                        .map(kind -> matchers.matcher(method, "/api/v1/arena/" + kind + "/**")));
        Stream<RequestMatcher> votes = Stream.of(HttpMethod.GET, HttpMethod.HEAD)
                .map(method -> matchers.matcher(method, "/api/v1/arena/votes.jsonl"));
        return Stream.concat(changes, votes).toArray(RequestMatcher[]::new);
    }

    /** HEAD is GET without the body (RFC 9110, 9.3.2), so it needs the same scope. */
    private static RequestMatcher[] reading(String... paths) {
        PathPatternRequestMatcher.Builder matchers = PathPatternRequestMatcher.withDefaults();
        return Stream.of(HttpMethod.GET, HttpMethod.HEAD)
                .flatMap(method -> Arrays.stream(paths).map(path -> matchers.matcher(method, path)))
                .toArray(RequestMatcher[]::new);
    }

    /** Web pages of other origins use the API with a key of their own; no cookies, so nothing of the visitor's is lent to them. */
    @Bean
    CorsFilter corsFilter(AccessSettings settings, ErrorWriter errors) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!settings.allowedOrigins().isEmpty()) {
            CorsConfiguration pages = new CorsConfiguration();
            pages.setAllowedOrigins(settings.allowedOrigins());
            pages.setAllowedMethods(List.of("GET", "HEAD", "POST", "DELETE"));
            pages.setAllowedHeaders(List.of(CorsConfiguration.ALL));
            pages.setExposedHeaders(List.of("X-Request-ID", HttpHeaders.RETRY_AFTER));
            pages.setMaxAge(Duration.ofHours(1));
            for (String api : List.of("/api/**", "/v1/**", "/public/**", "/mcp/**")) {
                source.registerCorsConfiguration(api, pages);
            }
        }
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new CorsAnswers(errors));
        return filter;
    }

    /** The security chain takes it by its name; as a filter of its own it would run twice. */
    @Bean
    FilterRegistrationBean<CorsFilter> corsInTheChainOnly(CorsFilter corsFilter) {
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(corsFilter);
        registration.setEnabled(false);
        return registration;
    }

    /** Paths with tricks in them (encoded slashes, dot segments, control characters). */
    @Bean
    RequestRejectedHandler rejectedRequests(ErrorWriter errors) {
        return (request, response, _) ->
                errors.write(request, response, HttpStatus.BAD_REQUEST, "path: has characters that are not allowed");
    }

    /** Each filter would be a span of its own in every trace. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** There are keys, not users; without this bean Spring would make a user with a password. */
    @Bean
    UserDetailsService noUsers() {
        return name -> {
            throw new UsernameNotFoundException("there are keys, not users");
        };
    }
}
