package io.lipdrop.web.account;

import io.lipdrop.launch.CannotStart;
import io.lipdrop.web.door.Exposure;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Before anything else starts: reads who may log in, and refuses to start where other machines could come in and there is no login. The
 * accounts are made here, once, and handed to the application.
 */
public final class LoginCheck implements ApplicationListener<ApplicationEvent>, Ordered {
    private @Nullable Accounts accounts;

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 14; // after the configuration files are read, before HomeFolder
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
            accounts = accounts(prepared.getEnvironment(), prepared.getSpringApplication());
        } else if (event instanceof ApplicationContextInitializedEvent initialized && accounts != null) {
            initialized.getApplicationContext().getBeanFactory().registerSingleton("accounts", accounts);
        }
    }

    private static @Nullable Accounts accounts(Environment settings, SpringApplication application) {
        WebApplicationType type = Binder.get(settings)
                .bind("spring.main.web-application-type", WebApplicationType.class)
                .orElseGet(application::getWebApplicationType);
        return type == WebApplicationType.NONE ? null : accounts(settings);
    }

    static Accounts accounts(Environment settings) {
        Accounts accounts = new Accounts(Binder.get(settings).bindOrCreate("lipdrop", LoginSettings.class));
        Map<String, InetAddress> open = new Exposure(settings).openSettings();
        if (!open.isEmpty() && accounts.isEmpty()) {
            Map.Entry<String, InetAddress> first = open.entrySet().iterator().next();
            throw new CannotStart(("Lipdrop does not start: %s (%s) lets other machines in, and there is no login.%n"
                            + "Put a password into a file and start with --lipdrop.password-file=FILE (the user is lipdrop), or name"
                            + " users and tokens: docs/settings.md.")
                    .formatted(first.getKey(), first.getValue().getHostAddress()));
        }
        return accounts;
    }
}
