package io.lipdrop.web.login;

import io.lipdrop.web.account.Accounts;
import io.lipdrop.web.account.Accounts.Account;
import io.lipdrop.web.account.Role;
import io.lipdrop.web.door.Pages;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.CharacterEncodingFilter;

/**
 * What each request passes: with a token the chain for programs, else the one for people and their sessions. Where nobody can log in,
 * everybody is the operator {@code local}. The beans are the same in both cases, because they may have been wired at build time.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableWebSecurity
class SecurityChains {
    private static final Account LOCAL = new Account("local", Role.OPERATOR);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Bean
    @Order(1)
    SecurityFilterChain programs(
            ObjectProvider<HttpSecurity> builder,
            Accounts accounts,
            Pages pages,
            Answers answers,
            SecurityHeaders headers)
            throws Exception {
        if (accounts.isEmpty()) {
            return open(TokenLogin::isFor, headers);
        }
        HttpSecurity http = both(builder.getObject(), pages, answers, headers);
        return http.securityMatcher(TokenLogin::isFor)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new TokenLogin(accounts, answers), AnonymousAuthenticationFilter.class)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(
            ObjectProvider<HttpSecurity> builder,
            Accounts accounts,
            Pages pages,
            Answers answers,
            SecurityHeaders headers,
            PasswordLogin passwords)
            throws Exception {
        if (accounts.isEmpty()) {
            return open(AnyRequestMatcher.INSTANCE, headers);
        }
        HttpSecurity http = both(builder.getObject(), pages, answers, headers);
        CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieCustomizer(made -> made.sameSite("Strict"));
        cookie.setCookiePath("/");
        LoginPage page = new LoginPage();
        CsrfTokenRequestAttributeHandler eager = new CsrfTokenRequestAttributeHandler();
        eager.setCsrfRequestAttributeName(null); // so that the cookie is there after the first answer
        return http.csrf(csrf -> csrf.csrfTokenRepository(cookie).csrfTokenRequestHandler(eager))
                .authenticationManager(new ProviderManager(passwords))
                .formLogin(form -> form.loginPage("/login").successHandler(page).failureHandler(page))
                .logout(logout -> logout.logoutUrl("/logout").logoutSuccessUrl("/login"))
                .addFilterBefore(
                        new CharacterEncodingFilter("UTF-8"), CsrfFilter.class) // the actuator's own server has none
                .addFilterAfter(page, CsrfFilter.class)
                .build();
    }

    private static HttpSecurity both(HttpSecurity http, Pages pages, Answers answers, SecurityHeaders headers)
            throws Exception {
        return http.headers(AbstractHttpConfigurer::disable)
                .addFilter(new HeaderWriterFilter(List.of(headers)))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .authorizeHttpRequests(may -> may.dispatcherTypeMatchers(
                                DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll() // the request itself was judged
                        .requestMatchers(pages::isOpen)
                        .permitAll()
                        .requestMatchers(request -> isForViewers(request, pages))
                        .hasAnyRole(Role.VIEWER.name(), Role.OPERATOR.name())
                        .anyRequest()
                        .hasRole(Role.OPERATOR.name()));
    }

    private static boolean isForViewers(HttpServletRequest request, Pages pages) {
        boolean isRead = READING.contains(request.getMethod()) && !pages.isInternal(request);
        return isRead || pages.isJolokia(request);
    }

    private static SecurityFilterChain open(RequestMatcher matcher, SecurityHeaders headers) throws ServletException {
        Authentication everybody = PasswordLogin.token(LOCAL);
        Filter local = (request, response, chain) -> {
            SecurityContextHolder.setContext(new SecurityContextImpl(everybody));
            chain.doFilter(request, response);
        };
        SecurityContextHolderAwareRequestFilter aware = new SecurityContextHolderAwareRequestFilter();
        aware.afterPropertiesSet();
        return new DefaultSecurityFilterChain(
                matcher, new HeaderWriterFilter(List.of(headers)), local, aware, new LoginPage());
    }

    /** Names of files are what people make them. Raw semicolons and dots in disguise stay refused: they lead round the rules for paths. */
    @Bean
    StrictHttpFirewall hostileNames() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowUrlEncodedLineFeed(true);
        firewall.setAllowUrlEncodedCarriageReturn(true);
        firewall.setAllowUrlEncodedLineSeparator(true);
        firewall.setAllowUrlEncodedParagraphSeparator(true);
        firewall.setAllowSemicolon(true);
        firewall.getEncodedUrlBlocklist().add(";");
        firewall.setAllowedHeaderValues(value -> true); // the server has refused line breaks
        return firewall;
    }
}
