package dev.fairlead.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.core.policy.ApiKey;
import dev.fairlead.core.policy.KeyHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoredKeysTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final StoredKeys keys = new StoredKeys(Stream.of("b/web", "a/web", "a/web", "a/app", "ab/web", "c/x")
            .map(StoredKeysTest::key)
            .toList());

    @Test
    void theKeysOfATenantAreFoundAmongTheOthers() {
        assertThat(names(keys.of("a"))).containsExactly("a/app", "a/web", "a/web");
        assertThat(names(keys.of("a", "web"))).containsExactly("a/web", "a/web");
        assertThat(keys.of("none")).isEmpty();
        assertThat(StoredKeys.NONE.of("a")).isEmpty();
    }

    @Test
    void aPageEndsBehindAllKeysOfAnAlias() {
        assertThat(names(keys.after("", "", 2))).containsExactly("a/app", "a/web", "a/web");
        assertThat(names(keys.after("a", "web", 2))).containsExactly("ab/web", "b/web");
        assertThat(names(keys.after("b", "web", 2))).containsExactly("c/x");
        assertThat(keys.after("c", "x", 2)).isEmpty();
    }

    @Test
    void pagesShowEveryKeyOnce() {
        var random = new Random(7);
        var all = new ArrayList<ApiKey>();
        for (int i = 0; i < 500; i++) all.add(key("t" + random.nextInt(9) + "/k" + random.nextInt(9)));
        Collections.shuffle(all, random);
        var many = new StoredKeys(all);

        var seen = new ArrayList<ApiKey>();
        List<ApiKey> page = many.after("", "", 7);
        while (!page.isEmpty()) {
            seen.addAll(page);
            page = many.after(page.getLast().tenant(), page.getLast().alias(), 7);
        }

        assertThat(seen).isEqualTo(many.all()).hasSize(500);
    }

    private static int made;

    private static ApiKey key(String name) {
        String[] words = name.split("/");
        return new ApiKey(words[0], words[1], "fl_abc", KeyHash.of("key " + made++), AT, null);
    }

    private static List<String> names(List<ApiKey> keys) {
        return keys.stream().map(ApiKey::name).toList();
    }
}
