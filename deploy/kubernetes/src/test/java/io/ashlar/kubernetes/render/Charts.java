package io.ashlar.kubernetes.render;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.ashlar.kubernetes.values.ChartDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of the charts with their dependencies packed, so that nothing is written beside the sources. */
public final class Charts {

    public static final String UMBRELLA = "ashlar";

    private static final List<String> ALL =
            Stream.concat(ChartDocuments.SERVICES.stream(), Stream.of(UMBRELLA)).toList();
    private static final Path COPY = Path.of("target", "charts").toAbsolutePath();
    private static final String KUBERNETES = "1.34.0";
    private static final String BASE = "base.yaml";

    static {
        try {
            copy(Path.of(System.getProperty("ashlar.root"), "helm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ALL.forEach(chart -> new Helm(path(chart)).dependency().build().call());
    }

    private Charts() {}

    /** One set of values a chart is rendered with: the folder's {@code base.yaml}, then its own. */
    public record Case(String chart, String name, List<Path> values) {

        /** The manifests of a release that is called like the umbrella. */
        Manifests render() {
            return render(Map.of());
        }

        Manifests render(Map<String, String> settings) {
            return Manifests.read(text(settings));
        }

        /** The same as Helm writes it, with some values set otherwise. */
        public String text(Map<String, String> settings) {
            return template(chart, values, settings);
        }

        @Override
        public String toString() {
            return chart + "/" + name;
        }
    }

    /** All of them. */
    static Stream<Case> cases() {
        return ALL.stream().flatMap(chart -> cases(chart).stream());
    }

    public static Case base(String chart) {
        return new Case(chart, BASE, List.of(path(chart).resolve("ci").resolve(BASE)));
    }

    static Path path(String chart) {
        return COPY.resolve(chart);
    }

    private static List<Case> cases(String chart) {
        Path folder = path(chart).resolve("ci");
        Path base = folder.resolve(BASE);
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted()
                    .map(file -> new Case(
                            chart,
                            file.getFileName().toString(),
                            file.equals(base) ? List.of(base) : List.of(base, file)))
                    .forEach(cases::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    private static String template(String chart, List<Path> values, Map<String, String> settings) {
        TemplateCommand command = new Helm(path(chart))
                .template()
                .withName(UMBRELLA)
                .withNamespace("default")
                .withKubeVersion(KUBERNETES);
        values.forEach(command::withValuesFile);
        settings.forEach(command::set);
        return command.call();
    }

    private static void copy(Path source) throws IOException {
        if (Files.exists(COPY)) {
            try (Stream<Path> old = Files.walk(COPY)) {
                for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file :
                    files.filter(file -> !packed(source.relativize(file))).toList()) {
                Path target = COPY.resolve(source.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** What charts.sh made beside the sources. */
    private static boolean packed(Path file) {
        return file.endsWith("Chart.lock")
                || (file.getNameCount() > 1 && file.getName(1).endsWith("charts"));
    }
}
