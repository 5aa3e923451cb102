package dev.fairlead.control.operate;

import java.security.SecureRandom;

/// A new key that nobody can guess.
final class RandomKey {
    private static final String START = "fl_";
    private static final int LENGTH = 40;
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private RandomKey() {}

    static String next() {
        var random = new SecureRandom();
        var key = new StringBuilder(START);
        for (int i = 0; i < LENGTH; i++) key.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        return key.toString();
    }
}
