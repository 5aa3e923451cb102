package dev.fairlead.law;

import dev.fairlead.data.call.Refusal;
import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.PermittedSubclassesAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The source files of a directory of classes, and which of them name types of which others: in code, in signatures, in
/// annotations. Nested classes count as their file.
final class SourceFiles {
    private static final Pattern TYPE = Pattern.compile("L(dev/fairlead/[\\w/$]+);");

    private final Map<String, Set<String>> uses = new TreeMap<>();
    private final Map<String, Set<String>> families = new TreeMap<>();

    private SourceFiles() {}

    /// Those of the gateway itself.
    static SourceFiles ofMain() throws IOException, URISyntaxException {
        return of(Path.of(Refusal.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
    }

    static SourceFiles of(Path classes) throws IOException {
        Map<String, ClassModel> models = new HashMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(file);
                models.put(model.thisClass().asInternalName(), model);
            }
        }
        Map<String, String> fileOf = new HashMap<>();
        models.forEach((name, model) -> fileOf.put(name, sourceFile(model)));

        var all = new SourceFiles();
        models.forEach((name, model) -> {
            String file = fileOf.get(name);
            Set<String> others = all.uses.computeIfAbsent(file, _ -> new TreeSet<>());
            for (String used : named(model)) {
                String other = fileOf.get(used);
                if (other != null && !other.equals(file)) others.add(other);
            }
            for (ClassEntry permitted : permitted(model)) {
                String member = fileOf.get(permitted.asInternalName());
                if (member != null && !member.equals(file)) {
                    all.families
                            .computeIfAbsent(file, _ -> new TreeSet<>(Set.of(file)))
                            .add(member);
                }
            }
        });
        return all;
    }

    int size() {
        return uses.size();
    }

    /// Groups of files of which each uses, in the end, every other; largest groups that there are.
    List<Set<String>> cycles() {
        return new Components(uses)
                .found.stream().filter(component -> component.size() > 1).toList();
    }

    /// Whether these are a sealed type and types that it permits, each in a file of its own.
    boolean isSealedFamily(Set<String> files) {
        return families.values().stream().anyMatch(family -> family.containsAll(files));
    }

    Set<String> usedBy(String file) {
        return uses.getOrDefault(file, Set.of());
    }

    static String packageOf(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }

    private static String sourceFile(ClassModel model) {
        String name = model.thisClass().asInternalName().replace('/', '.');
        String source = model.findAttribute(Attributes.sourceFile())
                .map(SourceFileAttribute::sourceFile)
                .map(Utf8Entry::stringValue)
                .orElseThrow();
        return packageOf(name) + "." + source.replace(".java", "");
    }

    private static List<ClassEntry> permitted(ClassModel model) {
        return model.findAttribute(Attributes.permittedSubclasses())
                .map(PermittedSubclassesAttribute::permittedSubclasses)
                .orElse(List.of());
    }

    private static Set<String> named(ClassModel model) {
        var names = new TreeSet<String>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> names.add(type.asInternalName());
                case Utf8Entry text -> {
                    for (Matcher type = TYPE.matcher(text.stringValue()); type.find(); ) names.add(type.group(1));
                }
                default -> {}
            }
        }
        return names;
    }

    /// Tarjan's strongly connected components.
    private static final class Components {
        private final Map<String, Set<String>> uses;
        private final Map<String, Integer> order = new HashMap<>();
        private final Map<String, Integer> lowest = new HashMap<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final List<Set<String>> found = new ArrayList<>();

        Components(Map<String, Set<String>> uses) {
            this.uses = uses;
            for (String file : uses.keySet()) if (!order.containsKey(file)) visit(file);
        }

        private void visit(String file) {
            order.put(file, order.size());
            lowest.put(file, order.get(file));
            open.push(file);
            for (String other : uses.getOrDefault(file, Set.of())) {
                if (!order.containsKey(other)) visit(other);
                if (open.contains(other)) lowest.merge(file, lowest.get(other), Math::min);
            }
            if (!lowest.get(file).equals(order.get(file))) return;
            var component = new TreeSet<String>();
            String member;
            do {
                member = open.pop();
                component.add(member);
            } while (!member.equals(file));
            found.add(component);
        }
    }
}
