package org.warpgrade.reports.jenkins;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.SteadyClock;
import org.warpgrade.reports.jenkins.RemoteBuild.Queued;
import org.warpgrade.reports.jenkins.RemoteBuild.Running;
import org.warpgrade.reports.jenkins.RemoteNews.AllWait;
import org.warpgrade.reports.jenkins.RemoteNews.ConnectionBack;
import org.warpgrade.reports.jenkins.RemoteNews.ConnectionLost;

/**
 * Where builds are, asked of the server once in a while for everybody who waits: a class in flight costs it two questions a
 * poll, not two for each hand-in.
 */
final class Sightings {

    /** An idle agent takes a build within seconds; one that is started for it, within minutes. */
    private static final Duration PATIENT = Duration.ofMinutes(2);

    private final Jenkins jenkins;
    private final String job;
    private final Duration poll;
    private final SteadyClock clock;
    private final RemoteNews.Listener listener;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();

    private @Nullable Look last;
    private boolean lost;
    private @Nullable Duration waitingSince;
    private boolean toldOfWaiting;

    /** What one look told, which may be that there was nothing to see. */
    private record Look(
            Duration at,
            Map<String, RemoteBuild> builds,
            @Nullable IOException failure) {}

    Sightings(Jenkins jenkins, String job, Duration poll, SteadyClock clock, RemoteNews.Listener listener) {
        this.jenkins = jenkins;
        this.job = job;
        this.poll = poll;
        this.clock = clock;
        this.listener = listener;
    }

    /** The newest build with that nonce, as it was at most a poll ago. */
    Optional<RemoteBuild> find(String nonce) throws IOException, InterruptedException {
        wanted.add(nonce);
        Look look = look();
        if (look.failure() instanceof JenkinsException refused) {
            throw refused;
        }
        if (look.failure() != null) {
            throw new IOException(look.failure().getMessage(), look.failure());
        }
        return Optional.ofNullable(look.builds().get(nonce));
    }

    /** Nobody waits for it any more. */
    void forget(String nonce) {
        wanted.remove(nonce);
    }

    private synchronized Look look() throws InterruptedException {
        Look look = last;
        if (look == null || clock.now().minus(look.at()).compareTo(poll) >= 0) {
            look = anew();
            last = look;
        }
        return look;
    }

    private Look anew() throws InterruptedException {
        try {
            List<RemoteBuild> list = jenkins.list(job);
            Map<String, RemoteBuild> builds = new HashMap<>();
            list.forEach(build -> builds.putIfAbsent(build.nonce(), build)); // the newest first
            if (lost) {
                lost = false;
                listener.hear(new ConnectionBack());
            }
            tellOfWaiting(builds);
            return new Look(clock.now(), builds, null);
        } catch (IOException e) {
            if (!lost) {
                lost = true;
                listener.hear(new ConnectionLost(String.valueOf(e.getMessage())));
            }
            return new Look(clock.now(), Map.of(), e);
        }
    }

    private void tellOfWaiting(Map<String, RemoteBuild> builds) {
        List<RemoteBuild> ours =
                wanted.stream().map(builds::get).filter(build -> build != null).toList();
        List<Queued> queued = ours.stream()
                .filter(Queued.class::isInstance)
                .map(Queued.class::cast)
                .toList();
        if (queued.isEmpty() || ours.stream().anyMatch(Running.class::isInstance)) {
            waitingSince = null;
            toldOfWaiting = false;
        } else if (waitingSince == null) {
            waitingSince = clock.now();
        } else if (!toldOfWaiting && clock.now().minus(waitingSince).compareTo(PATIENT) > 0) {
            toldOfWaiting = true;
            listener.hear(new AllWait(queued.size(), queued.getFirst().why()));
        }
    }
}
