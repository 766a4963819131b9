package io.tollbook.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of two collectors or two heap sizes, the one that whoever starts it has chosen. */
class JavaOptionsTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        # chosen,                                     our collector, our heap
        '',                                           true,          true
        -Dsome=thing -XX:-UseGCOverheadLimit,         true,          true
        -XX:+UseZGC,                                  false,         true
        -Dsome=thing -XX:+UseG1GC,                    false,         true
        -Xmx4g,                                       true,          false
        -XX:MaxRAMPercentage=60 -XX:+UseShenandoahGC, false,         false
        -XX:MaxHeapSize=4g,                           true,          false
        """)
    void leavesOutWhatIsChosen(String chosen, boolean ourCollector, boolean ourHeap) throws Exception {
        ProcessBuilder bash = new ProcessBuilder("bash", "-euc", ". ./java-options; echo \"${java_options[@]}\"")
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true);
        bash.environment().put("TOLLBOOK_JAVA_OPTIONS", chosen);
        Process process = bash.start();
        String options = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(options).isZero();
        assertThat(options.contains("-XX:+UseParallelGC")).as(options).isEqualTo(ourCollector);
        assertThat(options.contains("-Xmx288m")).as(options).isEqualTo(ourHeap);
        assertThat(options).contains("-XX:+ExitOnOutOfMemoryError");
    }
}
