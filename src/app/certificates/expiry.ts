import type { CertificateView } from "#departments/clinical";
import { type Log, limits } from "#kernel";

const dayMs = 24 * 60 * 60_000;

/** What is told while no certificate is there to expire. */
const noneDays = 36_500;

export interface Expiry {
  /** Looks again, and logs each certificate that expires soon or has expired. */
  renew(): Promise<void>;
  /** Until the first one expires; below 0: it has. */
  days(): number;
}

export function followExpiry(read: () => Promise<readonly CertificateView[]>, log: Log): Expiry {
  let soonestMs: number | undefined;
  return {
    async renew() {
      const dated = (await read()).flatMap((view) =>
        view.expiresAt === undefined ? [] : [{ ...view, expiresMs: Date.parse(view.expiresAt) }],
      );
      soonestMs = dated.length === 0 ? undefined : Math.min(...dated.map(({ expiresMs }) => expiresMs));
      for (const { of, name, use, expiresAt, expiresMs } of dated) {
        const leftMs = expiresMs - Date.now();
        if (leftMs > limits.certificateSoonMs) continue;
        log.warn(leftMs <= 0 ? "certificate expired" : "certificate expires soon", { of, name, use, expiresAt });
      }
    },
    days: () => (soonestMs === undefined ? noneDays : Math.floor((soonestMs - Date.now()) / dayMs)),
  };
}
