package io.lipdrop.web.download;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Larger buffers between sockets and files: with Tomcat's 8 KB, large files cost half as much processor time again. Each
 * connection that is in use holds two of them.
 */
@Component
@ConditionalOnWebApplication
class TransferBuffers implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final String BYTES = String.valueOf(64 << 10);

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.appReadBufSize", BYTES);
            connector.setProperty("socket.appWriteBufSize", BYTES);
        });
    }
}
