package dev.atelier.server.access;

import dev.atelier.server.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives controllers the caller's key as a parameter, and holds callers to their rates. */
@Configuration(proxyBeanMethods = false)
class CallerConfiguration implements WebMvcConfigurer {
    private static final String[] METERED = {
        "/api/v1/model/generateImage",
        "/api/v1/model/uploadMedia",
        "/api/v1/provenance/verify",
        "/api/v3/images/**",
        "/v1/images/**"
    };

    private final RateLimiter rates;

    CallerConfiguration(RateLimiter rates) {
        this.rates = rates;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new RateInterceptor()).addPathPatterns(METERED);
    }

    private static ApiKey caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof KeyAuthentication known) {
            return known.getPrincipal();
        }
        throw ApiException.of(HttpStatus.UNAUTHORIZED, "Authorization", "a valid key is needed, as 'Bearer KEY'");
    }

    private static final class CallerResolver implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == ApiKey.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                ModelAndViewContainer container,
                NativeWebRequest request,
                WebDataBinderFactory binders) {
            return caller();
        }
    }

    private final class RateInterceptor implements HandlerInterceptor {
        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            boolean first = request.getDispatcherType() == jakarta.servlet.DispatcherType.REQUEST;
            if (first && HttpMethod.POST.matches(request.getMethod())) {
                rates.require(caller());
            }
            return true;
        }
    }
}
