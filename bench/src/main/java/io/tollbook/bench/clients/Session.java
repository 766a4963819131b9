package io.tollbook.bench.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One tool at one task, in a folder and with a home of its own.
 *
 * @param model what it asks for
 * @param folder not there yet
 * @param word what it is to write
 */
record Session(CommandLine tool, String model, Path folder, String word) {
    private static final Duration MOST = Duration.ofSeconds(120);
    private static final int TOLD_MAX = 300;

    /** @return what went wrong; empty if nothing did */
    List<String> run(Path modules, URI gateway, String key, Outside outside) throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path work = Files.createDirectories(folder.resolve("work"));
        Path file = work.resolve("word.txt");
        Process process = start(modules, gateway, key, outside, home, work);
        if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return List.of("did not end within " + MOST.toSeconds() + " s; it said: " + told("error"));
        }
        List<String> faults = new ArrayList<>();
        if (process.exitValue() != 0) faults.add("exit code " + process.exitValue() + ": " + told("error"));
        String written = Files.exists(file) ? Files.readString(file).strip() : "nothing";
        if (!written.equals(word)) faults.add("the file has " + written + " instead of " + word);
        if (!Files.readString(folder.resolve("output")).contains(Agent.done(word)))
            faults.add("the last words were not shown, but: " + told("output"));
        return faults;
    }

    private Process start(Path modules, URI gateway, String key, Outside outside, Path home, Path work)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(tool.command(
                        modules,
                        model,
                        Agent.task(word, work.resolve("word.txt").toString())))
                .directory(work.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("error").toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("HOME", home.toString());
        environment.put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
        for (String proxy : List.of("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"))
            environment.put(proxy, outside.address());
        for (String direct : List.of("NO_PROXY", "no_proxy")) environment.put(direct, "127.0.0.1,localhost");
        environment.putAll(tool.setUp(home, gateway, key, model));
        return builder.start();
    }

    /** The end of what it printed. */
    private String told(String name) throws IOException {
        String text = Files.readString(folder.resolve(name)).strip().replaceAll("\\s+", " ");
        return text.isEmpty() ? "nothing" : text.substring(Math.max(0, text.length() - TOLD_MAX));
    }
}
