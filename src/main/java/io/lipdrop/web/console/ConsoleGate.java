package io.lipdrop.web.console;

import io.lipdrop.web.door.Exposure;
import io.lipdrop.web.door.Pages;
import io.lipdrop.web.door.Refusal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/** While the console is off, only health, information and metrics are available. */
@Component
@ConditionalOnWebApplication
public class ConsoleGate implements Filter {
    private static final String OFF =
            "Disabled: Hawtio and Jolokia have no login, and other machines can reach Lipdrop. "
                    + "--lipdrop.console.open-without-login=true opens them to everyone on the network.";

    private final Exposure exposure;
    private final Pages pages;

    ConsoleGate(Exposure exposure, Pages pages) {
        this.exposure = exposure;
        this.pages = pages;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (exposure.isConsoleOn() || pages.isReport((HttpServletRequest) request)) {
            chain.doFilter(request, response);
        } else {
            Refusal.send((HttpServletResponse) response, OFF);
        }
    }
}
