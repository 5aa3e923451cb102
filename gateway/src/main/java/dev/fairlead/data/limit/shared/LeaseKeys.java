package dev.fairlead.data.limit.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/// Names of keys in Redis. Addresses, tenants and keys of callers stand there as hashes alone.
record LeaseKeys(String prefix) {
    private static final int BYTES = 16;

    String gateways() {
        return prefix + ":gateways";
    }

    String bucket(String limit, String subject) {
        return prefix + ":limit:" + hash(limit + "\n" + subject);
    }

    String day(LocalDate day, String tenant) {
        return prefix + ":taken:" + day + ":" + hash(tenant);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JVM has SHA-256", missing);
        }
    }
}
