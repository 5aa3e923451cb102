package dev.fairlead.control.admin.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where clients may call with a key: a handful of URLs that can be copied.
public final class KeyUrls {
    private static final int MOST = 20;
    private static final String BROUGHT = "KEY";

    private KeyUrls() {}

    /// @param endpoints URLs of the listeners, without a path
    /// @param key null for one that is not shown
    public static List<String> of(List<String> endpoints, List<String> chains, @Nullable String key) {
        String last = "/" + (key == null ? BROUGHT : key);
        var urls = new ArrayList<String>();
        for (String endpoint : endpoints) {
            if (chains.size() <= 1) urls.add(endpoint + last);
            else for (String chain : chains) urls.add(endpoint + "/" + chain + last);
        }
        return urls.size() <= MOST ? urls : List.copyOf(urls.subList(0, MOST));
    }
}
