import type { RunTarget } from "#departments/clinical";
import type { Log, Sender } from "#kernel";
import { mllpSender } from "#links/mllp";
import { httpSender } from "#links/outgoing-http";

export interface TargetOptions {
  readonly connections: number;
  readonly answerWithinSeconds: number;
  /** PEM files, for targets with TLS. */
  readonly tls?: { readonly authority?: string; readonly certificate?: string; readonly key?: string };
  /** File with the value of the header Authorization, for targets by HTTP. */
  readonly authorizationFile?: string;
  readonly log: Log;
}

const name = "simulator";

export function openTarget(target: RunTarget, options: TargetOptions): Sender {
  const { connections, answerWithinSeconds, tls, authorizationFile, log } = options;
  switch (target.by) {
    case "mllp": {
      const { host, port, mode, isEncrypted } = target;
      const settings = { name, host, port, mode, connections, answerWithinSeconds };
      return mllpSender({ ...settings, ...(isEncrypted ? { tls: tls ?? {} } : {}) }, { log });
    }
    case "http":
      return httpSender({
        name,
        url: target.url,
        answerWithinMs: answerWithinSeconds * 1_000,
        ...(tls === undefined ? {} : { tls }),
        ...(authorizationFile === undefined ? {} : { secretHeaders: { authorization: authorizationFile } }),
        log,
      });
  }
}
