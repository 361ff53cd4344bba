/**
 * Gatehouse, an identity gateway. One vocabulary: stage = package = route file = prefix of its
 * route ids.
 *
 * <pre>
 * edge          routes/1-edge.camel.yaml          authenticate, bound, parse; answer
 * idp           routes/idp/*.camel.yaml           undo the quirks of each identity provider
 * webhook       routes/2-webhook.camel.yaml       receive webhook calls, verify and read them
 * inbox         routes/3-inbox.camel.yaml         store webhook and poll signals; make commands
 * command       routes/4-command.camel.yaml       durable, ordered per resource, applied in batches
 * directory     (called by command)               apply once, in one PostgreSQL transaction; find
 * change        routes/5-change.camel.yaml        outbox and relay
 * delivery      routes/6-delivery.camel.yaml      render for each profile, publish, post; bootstrap and replay
 * lifecycle     routes/7-lifecycle.camel.yaml     the brake, erasure when it is due, enrolment on a schedule
 * housekeeping  routes/8-housekeeping.camel.yaml  timers of several stages: probes, compaction, forgetting
 * </pre>
 *
 * <p>Incoming webhooks are read by {@code webhook}, for {@code inbox}. The stages, {@code scim},
 * {@code store}, {@code tenant}, {@code access}, {@code signin}, {@code audit}, {@code http} and
 * {@code crypto} are pure: they import only the JDK, slf4j, jspecify, the Jackson tree model, and
 * the libraries for caches and rate limits (Caffeine, Bucket4j). The adapters {@code camel}, {@code
 * postgres}, {@code broker}, {@code webhookclient}, {@code server}, {@code idpapi}, {@code admin},
 * {@code portal}, {@code feedapi}, {@code security}, {@code tracing} and {@code embedded} depend on
 * them, never the reverse; {@code wiring} makes the beans. {@code ArchitectureTest} enforces this
 * and the order of the stages.
 */
@NullMarked
package io.gatehouse;

import org.jspecify.annotations.NullMarked;
