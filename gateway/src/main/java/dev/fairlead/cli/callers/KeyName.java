package dev.fairlead.cli.callers;

import static dev.fairlead.cli.console.AdminClient.encoded;

/// A key as it is named on the command line: `tenant/alias`, or the tenant alone for its key `default`.
record KeyName(String tenant, String alias) {
    private static final String DEFAULT = "default";

    static KeyName of(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new KeyName(text, DEFAULT)
                : new KeyName(text.substring(0, slash), text.substring(slash + 1));
    }

    String path() {
        return "/keys/" + encoded(tenant) + "/" + encoded(alias);
    }

    @Override
    public String toString() {
        return tenant + "/" + alias;
    }
}
