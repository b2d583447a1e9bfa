package io.lipdrop.web.account;

import java.util.Locale;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What somebody may do. */
public enum Role {
    /** Reads everything and changes nothing. */
    VIEWER,
    /** Does everything. */
    OPERATOR;

    /** As the API names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public GrantedAuthority authority() {
        return new SimpleGrantedAuthority("ROLE_" + name());
    }
}
