package io.tollbook.bench.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway that is set up: who may manage it, and who calls.
 *
 * @param startedAt epoch seconds before the first call
 */
public record Site(URI base, long root, String accessToken, long startedAt, List<Tenant> tenants) {
    public ManagementApi api() {
        return ManagementApi.guest(base).withAccessToken(root, accessToken);
    }

    public ManagementApi api(Tenant tenant) {
        return ManagementApi.guest(base).withAccessToken(tenant.user(), tenant.accessToken());
    }

    public List<String> keys() {
        return tenants.stream().map(Tenant::key).toList();
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, JsonMapper.shared().writeValueAsString(this));
    }

    public static Site read(Path file) throws IOException {
        return JsonMapper.shared().readValue(Files.readString(file), Site.class);
    }

    /** The same site behind another address. */
    public Site at(URI base) {
        return new Site(base, root, accessToken, startedAt, tenants);
    }
}
