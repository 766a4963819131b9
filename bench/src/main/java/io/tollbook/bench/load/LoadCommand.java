package io.tollbook.bench.load;

import io.tollbook.bench.Arguments;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** One load from the command line, its result as JSON. */
public final class LoadCommand {
    private LoadCommand() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(
                args,
                "--url=http://127.0.0.1:8080 --keys=a,b --model=mock-gpt --stream --chunks=100 --delay-ms=10"
                        + " --connections=64 --rate=0 --warm-up=5 --seconds=10 --patience=60 --max-tokens=256");
        boolean stream = arguments.has("stream");
        String more = stream
                ? ",\"mock_chunks\":" + arguments.number("chunks", 100) + ",\"mock_delay_ms\":"
                        + arguments.number("delay-ms", 10)
                : "";
        String json = Requests.chat(
                arguments.text("model", "mock-gpt"), stream, stream, arguments.number("max-tokens", 256), more);
        Requests requests =
                Requests.roundRobin(List.of(arguments.text("keys", "none").split(",")), json);
        URI url = URI.create(arguments.text("url", "http://127.0.0.1:8080"));
        int rate = arguments.number("rate", 0);
        int connections = arguments.number("connections", 64);
        Duration warmUp = arguments.seconds("warm-up", 5);
        Duration measured = arguments.seconds("seconds", 10);
        Load load = rate > 0
                ? Load.open(url, requests, rate, connections, warmUp, measured)
                : Load.closed(url, requests, connections, warmUp, measured);
        Result result = LoadGenerator.run(load.patience(arguments.seconds("patience", 60)));
        IO.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(result.toMap()));
    }
}
