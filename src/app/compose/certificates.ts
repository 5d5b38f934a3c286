import type { CertificateView } from "#departments/clinical";
import { type Log, limits, type Problem, type Result } from "#kernel";
import { followExpiry } from "../certificates/expiry.ts";
import { watchFiles } from "../certificates/watch-files.ts";
import type { Config } from "../config.ts";
import { readDoorCertificates } from "../links/certificates.ts";
import type { Links } from "../links/links.ts";
import type { Metrics } from "../meter.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface CertificateNeeds {
  readonly config: Config;
  readonly links: Pick<Links, "certificates" | "reloadCertificates">;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly stack: ShutdownStack;
  /** Of HTTP and of DICOM. */
  readonly doors: readonly { reloadCertificates(): Promise<Result<void>> }[];
}

/** Those of the doors, and then those that links and destinations name. */
export async function allCertificates(
  config: Config,
  links: Pick<Links, "certificates">,
): Promise<readonly CertificateView[]> {
  return [...(await readDoorCertificates(config)), ...(await links.certificates())];
}

/**
 * Renewed certificates are used for connections that open from then on; those that are open go on. They are looked for
 * every `certificateLookMs`, and at once on SIGHUP. What cannot be used leaves the old ones in use, and is logged.
 */
export async function followCertificates(needs: CertificateNeeds): Promise<void> {
  const { config, links, metrics, log, stack, doors } = needs;
  const read = () => allCertificates(config, links);
  const expiry = followExpiry(read, log);
  await expiry.renew();
  const help = "Whole days until the first certificate expires; 36500 where there is none.";
  metrics.gauge("corridor_certificate_expiry_days", help, expiry.days);
  const watch = await watchFiles({
    everyMs: limits.certificateLookMs,
    paths: async () => [
      ...new Set([config.tlsKey ?? [], config.dimseKey ?? [], (await read()).map(({ path }) => path)].flat()),
    ],
    async changed() {
      const reloaded = await Promise.all(doors.map((door) => door.reloadCertificates()));
      const ofDoors = reloaded.flatMap((door): readonly Problem[] => (door.ok ? [] : door.problems));
      const problems = [...ofDoors, ...(await links.reloadCertificates())];
      for (const { code, message } of problems) log.error("certificates not reloaded", { code, message });
      if (problems.length === 0) log.info("certificates reloaded");
      await expiry.renew();
      return problems.length === 0;
    },
  });
  const timer = setInterval(() => void expiry.renew(), limits.certificateExpiryLookMs).unref();
  const asked = () => void watch.look();
  // With a terminal, its closing would be taken for the wish to read certificates again.
  const isService = process.stdin.isTTY !== true && process.stderr.isTTY !== true;
  if (isService) process.on("SIGHUP", asked);
  stack.defer("certificates", async () => {
    clearInterval(timer);
    process.off("SIGHUP", asked);
    await watch.close();
  });
}
