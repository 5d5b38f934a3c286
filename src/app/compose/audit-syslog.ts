import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dicomMessage, dicomMessageId, renderAuditEvent } from "#audit";
import { type Clock, failed, instant, type Log, limits, ok, type Result, unavailable } from "#kernel";
import { openSyslogSender, type SyslogSender, syslogBytes } from "#links/syslog";
import type { AuditStretches, CursorStore } from "#record";
import type { Config } from "../config.ts";
import { openRounds } from "./rounds.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface AuditSyslogNeeds {
  readonly config: Pick<Config, "auditSyslog" | "auditSyslogCa">;
  readonly audit: Pick<AuditStretches, "stretch">;
  readonly cursors: Pick<CursorStore, "get" | "set" | "claim">;
  readonly clock: Clock;
  readonly log: Log;
  /** It ends with this. */
  readonly stack: ShutdownStack;
}

export interface AuditSyslog {
  /** Sends a checkpoint along with the next entries. */
  tell(note: string): void;
}

/** Sends every audit entry by syslog, if that is set. Problems: unavailable `syslog-ca-unreadable`. */
export async function openAuditSyslog(needs: AuditSyslogNeeds): Promise<Result<AuditSyslog>> {
  const { config, stack, log } = needs;
  if (config.auditSyslog === undefined) return ok({ tell: () => {} });
  const path = config.auditSyslogCa;
  const authorities = path === undefined ? undefined : await readFile(path, "utf8").catch(() => null);
  if (authorities === null) return failed(unreadable(String(path)));
  const sender = openSyslogSender(config.auditSyslog, authorities);
  const feed = new SyslogFeed({ ...needs, sender });
  stack.defer("syslog", () => sender.close());
  const times = { firstMs: limits.auditSyslogRoundMs, everyMs: limits.auditSyslogRoundMs };
  openRounds({ name: "audit syslog", ...times, round: () => feed.round() }, { log, stack });
  return ok({ tell: (note) => feed.tell(note) });
}

const worker = "audit syslog";

interface FeedNeeds extends Omit<AuditSyslogNeeds, "config" | "stack" | "log"> {
  readonly sender: SyslogSender;
}

/**
 * Follows the log. A receiver says nothing, so its cursor moves over what was sent only a round later, and only when the
 * connection is still the one that it was sent over: after a break what is in doubt is sent again.
 */
export class SyslogFeed {
  readonly #needs: FeedNeeds;
  #inDoubt: { readonly sequence: number; readonly connection: number | undefined } | undefined;
  #notes: string[] = [];

  constructor(needs: FeedNeeds) {
    this.#needs = needs;
  }

  tell(note: string): void {
    this.#notes.push(note);
  }

  async round(): Promise<Result<unknown>> {
    const { cursors, sender } = this.#needs;
    if (!(await cursors.claim(worker))) return ok(undefined);
    const doubt = this.#inDoubt;
    if (doubt !== undefined && doubt.connection === sender.connection) await cursors.set(worker, doubt.sequence);
    this.#inDoubt = undefined;
    const sent = await this.#sendAfter(await cursors.get(worker));
    return sent.ok ? this.#sendNotes() : sent;
  }

  async #sendAfter(start: number): Promise<Result<unknown>> {
    const { audit, sender } = this.#needs;
    let from = start;
    for (;;) {
      const stretch = await audit.stretch(from, limits.auditSyslogBatch);
      const last = stretch.sequences.at(-1);
      if (last === undefined) return ok(undefined);
      const messages = stretch.sequences.map((sequence, index) => {
        const [at, body] = [instant(stretch.ats[index] ?? 0), stretch.bodies[index] ?? ""];
        const event = renderAuditEvent({ sequence, at, body, hash: "", keys: [] });
        return this.#message(at, dicomMessageId, dicomMessage(event));
      });
      const sent = await sender.send(messages);
      if (!sent.ok) return sent;
      if (from !== start && this.#inDoubt?.connection !== sender.connection) return ok(undefined); // sent again next time
      this.#inDoubt = { sequence: last, connection: sender.connection };
      from = last;
    }
  }

  async #sendNotes(): Promise<Result<unknown>> {
    const notes = this.#notes;
    if (notes.length === 0) return ok(undefined);
    const at = this.#needs.clock.now();
    const sent = await this.#needs.sender.send(notes.map((note) => this.#message(at, "CHECKPOINT", note)));
    if (sent.ok) this.#notes = [];
    return sent;
  }

  #message(atMs: number, id: string, text: string): Buffer {
    const named = { host: hostname() || "-", processId: process.pid };
    return syslogBytes({ atMs, ...named, id, text }, limits.auditSyslogBytesMax);
  }
}

function unreadable(path: string) {
  return unavailable(
    "syslog-ca-unreadable",
    `The file ${path} of CORRIDOR_AUDIT_SYSLOG_CA cannot be read: name a file with certificates in PEM.`,
  );
}
