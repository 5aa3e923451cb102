package dev.fairlead.data.server;

import dev.fairlead.data.http.ServerConfig.Tls;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificate chain and key as they stood in their PEM files at one moment.
@SuppressWarnings("ArrayRecordComponent") // compared by digest
record PemPair(byte[] certificate, byte[] key) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    static PemPair read(Tls files) throws IOException {
        return new PemPair(Files.readAllBytes(files.certificate()), Files.readAllBytes(files.key()));
    }

    byte[] digest() throws GeneralSecurityException {
        var sha = MessageDigest.getInstance("SHA-256");
        sha.update(certificate);
        return sha.digest(key);
    }

    /// @throws IllegalArgumentException when they are not PEM, or not a pair
    SslContext context() throws IOException, GeneralSecurityException {
        X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(certificate))
                .toArray(X509Certificate[]::new);
        if (chain.length == 0) throw new IllegalArgumentException("there is no certificate in the certificate file");
        PrivateKey secret = privateKey(chain[0].getPublicKey().getAlgorithm());
        if (!isPair(chain[0].getPublicKey(), secret)) {
            throw new IllegalArgumentException("the key is not that of the first certificate");
        }
        return SslContextBuilder.forServer(secret, chain)
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
    }

    private PrivateKey privateKey(String algorithm) throws GeneralSecurityException {
        Matcher found = KEY.matcher(new String(key, StandardCharsets.ISO_8859_1));
        if (!found.find()) {
            throw new IllegalArgumentException("expected a key in PKCS#8 form (BEGIN PRIVATE KEY), not encrypted;"
                    + " convert it: openssl pkcs8 -topk8 -nocrypt -in old.pem -out key.pem");
        }
        var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
        } catch (InvalidKeySpecException otherKind) {
            throw new IllegalArgumentException("the key is not of the certificate's kind, " + algorithm, otherKind);
        }
    }

    /// Java takes any key for any certificate; the mistake would show at the first handshake only.
    private static boolean isPair(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        String algorithm = switch (open.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> open.getAlgorithm();
        };
        byte[] sample = {1, 2, 3};
        var signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(sample);
        return signature.verify(signed);
    }
}
