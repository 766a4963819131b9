package io.tollbook.console.paper;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelFiles;
import io.tollbook.kernel.channel.ChannelPlan;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.IncidentMarks;
import io.tollbook.kernel.ledger.LedgerExport;
import io.tollbook.kernel.log.LogExport;
import io.tollbook.kernel.performance.ChannelStates;
import io.tollbook.kernel.performance.LoadSample;
import io.tollbook.kernel.performance.SystemLoad;
import io.tollbook.kernel.replay.Replays;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.kernel.site.SetUp;
import io.tollbook.kernel.site.SetupWizard;
import io.tollbook.kernel.statistics.MarginExport;
import io.tollbook.kernel.user.Session;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.SignIn;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The console alone, started by hand: sign in as {@code root} or any other user with the password {@code password}. */
@SpringBootApplication(scanBasePackages = "io.tollbook.console")
public class PaperHouse {
    private final Map<String, Long> sessions = new ConcurrentHashMap<>();

    public static void main(String[] arguments) {
        SpringApplication.run(PaperHouse.class, arguments);
    }

    @Bean
    PaperBooks books(@Value("${paper.calls:4000}") int calls, @Value("${paper.setup:true}") boolean setUp) {
        PaperBooks books = new PaperBooks(calls);
        books.setUp = setUp;
        return books;
    }

    @Bean
    Messages messages(PaperBooks books) {
        return new PaperMessages(books);
    }

    /** Goes on calling while somebody looks. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService customers(PaperBooks books, @Value("${paper.pace-millis:0}") long pace) {
        ScheduledExecutorService customers = Executors.newSingleThreadScheduledExecutor();
        if (pace > 0) customers.scheduleAtFixedRate(() -> books.call(Instant.now()), pace, pace, TimeUnit.MILLISECONDS);
        return customers;
    }

    @Bean
    Ids ids(PaperBooks books) {
        return kind -> books.ids.incrementAndGet();
    }

    @Bean
    ChannelAddresses addresses() {
        return new ChannelAddresses() {
            @Override
            public void check(ChannelTerms terms) {}

            @Override
            public String warning(ChannelTerms terms) {
                return terms.baseUrl().contains("nowhere") ? "Nobody knows the host." : "";
            }
        };
    }

    @Bean
    ChannelFiles files() {
        return new ChannelFiles() {
            @Override
            public String write(List<ChannelSummary> channels) {
                return "channels: []\n";
            }

            @Override
            public ChannelPlan read(String yaml, List<ChannelSummary> present) {
                return new ChannelPlan(List.of(), List.of(), present, List.of());
            }
        };
    }

    @Bean
    Vault vault() {
        return new Vault() {
            @Override
            public Sealed seal(String subject, String clear) {
                return new Sealed(subject, clear);
            }

            @Override
            public Optional<String> open(Sealed sealed) {
                return Optional.of(sealed.cipher());
            }

            @Override
            public void destroy(String subject) {}

            @Override
            public String fingerprint(String purpose, String clear) {
                return purpose + clear;
            }
        };
    }

    @Bean
    LedgerExport ledgerExport() {
        return (wish, actor) -> out -> {};
    }

    @Bean
    IncidentMarks incidentMarks() {
        Map<UserId, Long> read = new ConcurrentHashMap<>();
        return new IncidentMarks() {
            @Override
            public long read(UserId user) {
                return read.getOrDefault(user, 2L);
            }

            @Override
            public void mark(UserId user, long position) {
                read.merge(user, position, Math::max);
            }
        };
    }

    @Bean
    ChannelProbe probe() {
        return trial -> {
            String model = trial.model();
            return trial.channel().value() == 4
                    ? new ChannelProbe.Result(model == null ? "grok-3" : model, false, "401 invalid api key", 212)
                    : new ChannelProbe.Result(model == null ? "gpt-4.1" : model, true, "", 431);
        };
    }

    @Bean
    ChannelStates channelStates() {
        return Map::of;
    }

    @Bean
    SystemLoad systemLoad() {
        return new SystemLoad() {
            @Override
            public String node() {
                return "paper";
            }

            @Override
            public List<LoadSample> since(Instant from) {
                return List.of();
            }
        };
    }

    @Bean
    ReadModels readModels(PaperBooks books) {
        return new ReadModels() {
            @Override
            public List<ReadModel> all() {
                long head = books.position.get();
                return List.of(
                        new ReadModel("directory", head, head, true, ""),
                        new ReadModel("balance", head, head, true, ""),
                        new ReadModel("holds", head, head, true, ""),
                        new ReadModel("usage-log", Math.max(0, head - 1_204), head, true, ""),
                        new ReadModel("statistics", Math.max(0, head - 88), head, false, "cannot read event 7,411"));
            }

            @Override
            public boolean await(long position, Duration timeout) {
                return true;
            }

            @Override
            public void rebuild(String name) {}
        };
    }

    @Bean
    LogExport logExport() {
        return (filter, format, actor, out) -> out.write("on paper".getBytes(StandardCharsets.UTF_8));
    }

    @Bean
    MarginExport marginExport() {
        return (filter, by, format, actor, out) -> out.write("on paper".getBytes(StandardCharsets.UTF_8));
    }

    @Bean
    Replays replays() {
        return new PaperReplays();
    }

    @Bean
    Sessions sessions(PaperBooks books) {
        return new PaperSessions(books, sessions);
    }

    @Bean
    SetupWizard wizard(PaperBooks books) {
        return new SetupWizard() {
            @Override
            public boolean needsCode(String address) {
                return Boolean.getBoolean("paper.code");
            }

            @Override
            public Session setUp(SetUp answers, Actor caller) {
                if (books.setUp) throw new Refused(Refusal.ALREADY_SET_UP);
                if (needsCode("") && !"1234".equals(answers.code())) throw new Refused(Refusal.SETUP_CODE_WRONG);
                books.setUp = true;
                return PaperSessions.open(sessions, books.users.get(1L));
            }
        };
    }

    /** Any user with one and the same password. */
    private record PaperSessions(PaperBooks books, Map<String, Long> open) implements Sessions {
        static Session open(Map<String, Long> open, UserProfile user) {
            String token = UUID.randomUUID().toString();
            open.put(token, user.id().value());
            return new Session(new Secret(token), user);
        }

        @Override
        public Session signIn(SignIn wish) {
            UserProfile user = books.users.values().stream()
                    .filter(u -> u.username().equals(wish.username()) && u.status() == UserStatus.ENABLED)
                    .filter(u -> wish.password().reveal().equals("password"))
                    .findFirst()
                    .orElseThrow(() -> new Refused(Refusal.WRONG_CREDENTIALS));
            return open(open, user);
        }

        @Override
        public Optional<Actor> resolve(Secret token, @Nullable String address) {
            return Optional.ofNullable(open.get(token.reveal()))
                    .map(books.users::get)
                    .filter(user -> user.status() == UserStatus.ENABLED)
                    .map(user -> Actor.user(user.id(), user.role(), "session", address));
        }

        @Override
        public Optional<Actor> resolveAccessToken(Secret token, @Nullable String address) {
            return Optional.empty();
        }

        @Override
        public void signOut(Secret token) {
            open.remove(token.reveal());
        }

        @Override
        public void endAll(UserId user, @Nullable Secret except) {
            open.values().removeIf(id -> id == user.value());
        }

        @Override
        public Secret hash(Secret password) {
            io.tollbook.kernel.user.Usernames.checkPassword(password.reveal());
            return new Secret("hash");
        }

        @Override
        public boolean matches(UserId user, Secret password) {
            return password.reveal().equals("password");
        }
    }
}
