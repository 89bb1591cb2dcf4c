package dev.atelier.server.access;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller whose key was checked. */
final class KeyAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient ApiKey key;

    KeyAuthentication(ApiKey key) {
        super(authorities(key));
        this.key = key;
        setAuthenticated(true);
    }

    private static List<SimpleGrantedAuthority> authorities(ApiKey key) {
        return key.scopes().stream()
                .map(scope -> new SimpleGrantedAuthority(scope.name()))
                .toList();
    }

    @Override
    public ApiKey getPrincipal() {
        return key;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return key.name();
    }
}
