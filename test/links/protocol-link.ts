/** A listener that follows the protocol and keeps what it takes in memory, for clients from elsewhere. */

import type { TestContext } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import { countingIds, fixedClock, incorrect, silentLog } from "#kernel";
import { byProtocol, type MllpListenerOptions, type Protocol } from "#links/mllp";
import { buildAck, peekHeader } from "#standards/hl7v2";
import { anOpenLink, text } from "../doors/mllp.ts";

export interface ProtocolLink {
  readonly port: number;
  /** MSH-10 of what was taken, in the order of taking. */
  readonly taken: readonly string[];
  readonly bodies: readonly string[];
}

/** It answers AA, to control ids that begin with `BAD` AE, and to those with `SLOW` after a moment. */
export async function aProtocolLink(
  t: TestContext,
  protocol: Partial<Protocol> = {},
  options: Partial<MllpListenerOptions> = {},
): Promise<ProtocolLink> {
  const clock = fixedClock("2026-11-23T09:30:00Z");
  const ids = countingIds("C");
  const taken: string[] = [];
  const bodies: string[] = [];
  const answer = async (message: Uint8Array) => {
    const { header } = peekHeader(message);
    const id = header?.controlId ?? "";
    if (id.startsWith("SLOW")) await passed(40);
    const problems = id.startsWith("BAD") ? [incorrect("code-unknown", "It is bad.", { where: "OBX[1]-3" })] : [];
    const code = problems.length > 0 ? "AE" : "AA";
    return new TextEncoder().encode(buildAck(header, { code, controlId: ids.next(), at: clock.now(), problems }));
  };
  const receive = byProtocol({
    take: async (message) => {
      taken.push(peekHeader(message).header?.controlId ?? "");
      bodies.push(text(message));
      return { problems: [], application: answer(message) };
    },
    mode: "by-message",
    clock,
    ids,
    log: silentLog,
    ...protocol,
  });
  const { port } = await anOpenLink(t, { receive, ...options });
  return { port, taken, bodies };
}

export interface TestMessage {
  /** MSH-15 and MSH-16: `AL|AL`. */
  readonly asks?: string;
  readonly sequence?: string;
}

/** A message in the lines of a file, each ended by CR. */
export function aLabMessage(controlId: string, { asks = "|", sequence = "" }: TestMessage = {}): string {
  return [
    `MSH|^~\\&|LAB|MEADOW|CORRIDOR|TRUST|20261123093000||ORU^R01|${controlId}|P|2.3.1|${sequence}||${asks}`,
    "PID|1||9434765919^^^NHS^NH",
    "OBR|1||F-1|U&E",
    "OBX|1|NM|K||4.1|mmol/L|||||F",
    "",
  ].join("\r");
}
