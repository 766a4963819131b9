package io.tollbook.house;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Nothing stale, nothing dead: what is written down is there, and what is there is written down. */
class HouseTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LINES_MAX = 400;

    /** Longer for a reason: one story each, which would only be told in pieces elsewhere. */
    private static final Set<String> LONG =
            Set.of("AccountTest.java", "EmbeddedPostgres.java", "Measure.java", "MockUpstream.java");

    private static List<Path> files = List.of();

    @BeforeAll
    static void list() throws Exception {
        Process git = new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
                .directory(ROOT.toFile())
                .start();
        String listed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor(30, TimeUnit.SECONDS)).isTrue();
        files = listed.lines().map(ROOT::resolve).filter(Files::isRegularFile).toList();
        assertThat(files).isNotEmpty();
    }

    @Test
    void everyLinkInTheDocsLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path page : named(".md"))
            for (MatchResult link : found(page, "\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)"))
                if (!link.group(1).contains("://")
                        && Files.notExists(page.resolveSibling(link.group(1)).normalize()))
                    broken.add(ROOT.relativize(page) + " → " + link.group(1));
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageOfTheDocsCanBeFound() {
        String pages = named(".md").stream().map(HouseTest::text).collect(joining());
        assertThat(named(".md").stream()
                        .map(ROOT::relativize)
                        .filter(page -> page.startsWith("docs") && !page.startsWith("docs/adr"))
                        .filter(page -> !pages.contains(page.getFileName() + ")")))
                .as("pages without a link to them")
                .isEmpty();
    }

    @Test
    void everyFileAtTheTopHasAReader() {
        Set<String> readByTools = Set.of("README.md", ".gitignore", ".gitattributes", "pom.xml", "docker-compose.yml");
        assertThat(files.stream()
                        .filter(file -> ROOT.equals(file.getParent()))
                        .filter(file -> !readByTools.contains(name(file)))
                        .filter(file -> files.stream()
                                .filter(other -> !other.equals(file)
                                        && isText(other)
                                        && !name(other).equals("HouseTest.java"))
                                .noneMatch(other -> text(other).contains(name(file)) || isBuiltFrom(file))))
                .isEmpty();
    }

    private static boolean isBuiltFrom(Path file) {
        return name(file).equals("Dockerfile")
                && text(ROOT.resolve("docker-compose.yml")).contains("build: .");
    }

    @Test
    void everyCommandInTheReadmeExists() {
        List<String> commands =
                found(ROOT.resolve("README.md"), "(?m)^(?:\\./)?((?:run|check|bench/\\w+))\\b.*$").stream()
                        .map(command -> command.group(1))
                        .toList();
        assertThat(commands).contains("run", "check");
        assertThat(commands)
                .allSatisfy(command -> assertThat(ROOT.resolve(command)).isExecutable());
        assertThat(ROOT.resolve(".ci/run")).isExecutable();
    }

    @Test
    void decisionsAreNumberedDatedAndPointedAt() {
        List<String> pages = files.stream()
                .filter(file -> file.getParent().endsWith("docs/adr"))
                .map(HouseTest::name)
                .sorted()
                .toList();
        for (int i = 0; i < pages.size(); i++) {
            assertThat(pages.get(i)).startsWith("%04d-".formatted(i + 1));
            assertThat(text(ROOT.resolve("docs/adr").resolve(pages.get(i)))).startsWith("Accepted 20");
        }
        for (Path source : named(".java"))
            for (MatchResult pointer : found(source, "\"adr/(\\d{4})\""))
                assertThat(pages)
                        .as("%s points at a decision", name(source))
                        .anyMatch(page -> page.startsWith(pointer.group(1)));
    }

    @Test
    void theChangelogIsOpen() {
        assertThat(text(ROOT.resolve("CHANGELOG.md"))).contains("## Unreleased");
    }

    @Test
    void everyEnvironmentVariableIsDocumentedAndReal() {
        Set<String> read = new TreeSet<>();
        for (Path source : named(".java"))
            if (isShipped(source))
                for (MatchResult variable : found(
                        source, "\\$\\{([A-Z][A-Z_]+)[:}]|environment\\.get\\(\"([A-Z_]+)\"|VARIABLE = \"([A-Z_]+)\""))
                    read.add(Stream.of(variable.group(1), variable.group(2), variable.group(3))
                            .filter(java.util.Objects::nonNull)
                            .findFirst()
                            .orElseThrow());
        for (MatchResult variable : found(ROOT.resolve("run"), "\\$\\{(TOLLBOOK_[A-Z_]+)")) read.add(variable.group(1));
        Set<String> documented = new TreeSet<>();
        for (MatchResult row : found(ROOT.resolve("docs/operating/options.md"), "(?m)^\\| ([A-Z][A-Z_, ]+[A-Z]) \\|"))
            documented.addAll(List.of(row.group(1).split(", ")));
        assertThat(documented).isEqualTo(read);
    }

    @Test
    void everyMetricIsDocumentedAndEveryPanelShowsARealOne() {
        Set<String> published = new TreeSet<>();
        for (Path source : named(".java"))
            if (isShipped(source))
                for (MatchResult meter : found(source, "(?:builder\\(\\s*|timer\\(meters, )\"(tollbook\\.[a-z._]+)\""))
                    published.add(meter.group(1).replace('.', '_'));
        assertThat(published).contains("tollbook_ledger_append", "tollbook_open_holds");
        String page = text(ROOT.resolve("docs/operating/options.md"));
        assertThat(published).allSatisfy(meter -> assertThat(page).contains(meter));

        Set<String> shown = new TreeSet<>();
        for (MatchResult meter : found(ROOT.resolve("deploy/grafana/tollbook.json"), "tollbook_[a-z_]+"))
            shown.add(meter.group().replaceAll("_(seconds)?(_?(bucket|count|sum|max|total))?$", ""));
        assertThat(published).containsAll(shown);
    }

    @Test
    void everyOptionIsDocumented() {
        String page = text(ROOT.resolve("docs/operating/options.md"));
        for (io.tollbook.kernel.settings.Option option : io.tollbook.kernel.settings.Option.values())
            assertThat(page).as(option.name()).contains(option.key());
    }

    @Test
    void everyExitCodeIsDocumented() {
        String page = text(ROOT.resolve("docs/operating/options.md"));
        for (io.tollbook.start.CannotStart.Reason reason : io.tollbook.start.CannotStart.Reason.values())
            assertThat(page).as(reason.name()).contains("| " + reason.exitCode() + " |");
    }

    @Test
    void composeNamesFilesThatExist() {
        Map<String, Object> compose = new Yaml().load(text(ROOT.resolve("docker-compose.yml")));
        assertThat(compose).containsKey("services");
        for (MatchResult mount : found(ROOT.resolve("docker-compose.yml"), "\"(\\./[^:\"]+):"))
            assertThat(ROOT.resolve(mount.group(1))).exists();
    }

    @Test
    void noSourceIsUnfinishedSleepsOrIsSwitchedOff() {
        // Written in two parts, so that this file does not find itself.
        Pattern forbidden = Pattern.compile("TO" + "DO|FIX" + "ME|Thread\\.sl" + "eep|@Dis" + "abled|print"
                + "StackTrace|@SuppressWarnings\\(\"all\"");
        List<String> hits = new ArrayList<>();
        for (Path source : named(".java"))
            // The rule that forbids a stack trace names it.
            if (!name(source).equals("ArchitectureTest.java")
                    && forbidden.matcher(text(source)).find())
                hits.add(ROOT.relativize(source).toString());
        assertThat(hits).isEmpty();
    }

    @Test
    void noFileIsLongerThanAReaderCanHold() {
        assertThat(named(".java").stream()
                        .filter(source -> !LONG.contains(name(source)))
                        .filter(source -> text(source).lines().count() > LINES_MAX)
                        .map(ROOT::relativize))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        Set<Path> folders = new TreeSet<>();
        for (Path source : named(".java"))
            if (source.toString().contains("/src/main/java/")) folders.add(source.getParent());
        assertThat(folders).allSatisfy(folder -> {
            assertThat(folder.resolve("package-info.java")).exists();
            assertThat(text(folder.resolve("package-info.java")))
                    .startsWith("/**")
                    .contains("@NullMarked");
        });
    }

    @Test
    void nothingNamesTheMachineItWasWrittenOn() {
        Pattern places = Pattern.compile("(?:^|[\\s\"'(=])/(?:home|root|work|Users)/(?!tollbook)\\w");
        assertThat(files.stream()
                        .filter(file -> isText(file) && !name(file).equals("HouseTest.java"))
                        .filter(file -> places.matcher(text(file)).find())
                        .map(ROOT::relativize))
                .isEmpty();
    }

    private static boolean isShipped(Path source) {
        return source.toString().contains("/src/main/java/") && !source.startsWith(ROOT.resolve("bench"));
    }

    private static List<Path> named(String ending) {
        return files.stream().filter(file -> name(file).endsWith(ending)).toList();
    }

    private static boolean isText(Path file) {
        return !name(file).matches(".*\\.(png|ico|woff2?|gz|sse)");
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static List<MatchResult> found(Path file, String pattern) {
        return Pattern.compile(pattern).matcher(text(file)).results().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
