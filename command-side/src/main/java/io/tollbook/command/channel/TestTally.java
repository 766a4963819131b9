package io.tollbook.command.channel;

import java.util.LinkedHashMap;
import java.util.Map;

/** What came of a round of tests so far. */
record TestTally(long total, long processed, long passed, long failed, long enabled, long disabled) {
    static TestTally of(int total) {
        return new TestTally(total, 0, 0, 0, 0, 0);
    }

    TestTally tested(boolean isPassed) {
        return new TestTally(
                total, processed + 1, passed + (isPassed ? 1 : 0), failed + (isPassed ? 0 : 1), enabled, disabled);
    }

    TestTally enabledOne() {
        return new TestTally(total, processed, passed, failed, enabled + 1, disabled);
    }

    TestTally disabledOne() {
        return new TestTally(total, processed, passed, failed, enabled, disabled + 1);
    }

    Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("total", total);
        numbers.put("processed", processed);
        numbers.put("progress", total == 0 ? 100 : processed * 100 / total);
        numbers.put("passed", passed);
        numbers.put("failed", failed);
        numbers.put("enabled", enabled);
        numbers.put("disabled", disabled);
        return numbers;
    }
}
