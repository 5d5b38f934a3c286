import { randomBytes } from "node:crypto";
import {
  type Clock,
  isJsonObject,
  ok,
  type Result,
  type TextLine,
  type TextReceiver,
  toIso,
  unavailable,
} from "#kernel";
import { readCurrent } from "../fhir/operations/current.ts";
import type { HealthRecord } from "../health-record.ts";
import type { SubscriptionBounds } from "./bounds.ts";
import type { BoundLines } from "./delivery.ts";
import { type MessageOf, signOfLife } from "./message.ts";
import type { SubscriptionStore } from "./ports.ts";
import { readTerms } from "./terms.ts";

export interface DeskNeeds {
  readonly store: SubscriptionStore;
  readonly clock: Clock;
  readonly base: () => string;
  /** A line was bound to the subscription. */
  readonly wake: (id: string) => void;
  readonly bounds: SubscriptionBounds;
}

interface Token {
  readonly subscriptions: readonly string[];
  readonly record: HealthRecord;
  readonly untilMs: number;
}

interface Connection {
  readonly line: TextLine;
  readonly record: HealthRecord;
  readonly bound: Set<string>;
}

/**
 * Where applications that listen by WebSocket say what they listen to: `bind <id>`, answered `bound <id>`, for whoever may read
 * the subscription, who is then told `ping <id>`; or `bind-with-token <token>`, with a token that its owner was given, answered
 * by a handshake. Source: FHIR R4 §2.46.4.2 (websocket); Subscriptions R5 Backport 1.1 (websockets).
 */
export class SocketDesk implements BoundLines {
  readonly #needs: DeskNeeds;
  readonly #tokens = new Map<string, Token>();
  readonly #lines = new Map<string, Set<TextLine>>();
  readonly #open = new Set<TextLine>();

  constructor(needs: DeskNeeds) {
    this.#needs = needs;
  }

  isBound(subscription: string): boolean {
    return this.#lines.has(subscription);
  }

  /** True when every line that is left took it, and there is one. */
  async send(subscription: string, text: string): Promise<boolean> {
    const lines = [...(this.#lines.get(subscription) ?? [])];
    const taken = await Promise.all(lines.map((line) => line.send(text)));
    return taken.includes(true);
  }

  /** A token to bind with, for the owner of these subscriptions; it is good for one connection. */
  token(subscriptions: readonly string[], record: HealthRecord): { readonly token: string; readonly expires: string } {
    const { clock, bounds } = this.#needs;
    const now = clock.now();
    for (const [text, { untilMs }] of this.#tokens) {
      if (untilMs > now && this.#tokens.size < bounds.webSocketTokensMax) break;
      this.#tokens.delete(text);
    }
    const token = randomBytes(32).toString("base64url");
    const untilMs = now + bounds.webSocketTokenMs;
    this.#tokens.set(token, { subscriptions, record, untilMs });
    return { token, expires: toIso(untilMs as typeof now) };
  }

  /** A line that was opened by somebody who sees the record so. */
  converse(line: TextLine, record: HealthRecord): TextReceiver {
    const connection: Connection = { line, record, bound: new Set() };
    this.#open.add(line);
    // One after another: what is bound first is answered first.
    let last: Promise<void> = Promise.resolve();
    return {
      text: (text) => {
        last = last.then(() => this.#take(connection, text)).catch(() => line.close("failed"));
      },
      closed: () => this.#forget(connection),
    };
  }

  close(): void {
    for (const line of this.#open) line.close("stopping");
  }

  async #take(connection: Connection, text: string): Promise<void> {
    const { line } = connection;
    const [word, given = ""] = text.trim().split(/\s+/, 2);
    if (word === "bind") return this.#bind(connection, given);
    if (word === "bind-with-token") return this.#bindWithToken(connection, given);
    line.close("not-understood");
  }

  async #bind(connection: Connection, id: string): Promise<void> {
    const { line, record } = connection;
    const found = await messageOf(this.#needs, record, id);
    if (!found.ok) return line.close("refused");
    // What a topic's notifications hold is for its owner, who binds with a token.
    if (found.value.terms.about.is === "topic") return line.close("token-needed");
    if (await line.send(`bound ${id}`)) this.#join(connection, id);
  }

  async #bindWithToken(connection: Connection, text: string): Promise<void> {
    const { line } = connection;
    const token = this.#tokens.get(text);
    this.#tokens.delete(text);
    if (token === undefined || token.untilMs <= this.#needs.clock.now()) return line.close("refused");
    for (const id of token.subscriptions) {
      const found = await messageOf(this.#needs, token.record, id);
      if (!found.ok) return line.close("refused");
      const handshake = signOfLife(found.value, "handshake")?.text ?? `bound ${id}`;
      if (await line.send(handshake)) this.#join(connection, id);
    }
  }

  #join({ line, bound }: Connection, id: string): void {
    if (!this.#open.has(line)) return;
    if (bound.size >= this.#needs.bounds.webSocketBindingsMax) {
      line.close("too-many");
      return;
    }
    bound.add(id);
    const lines = this.#lines.get(id) ?? new Set();
    this.#lines.set(id, lines.add(line));
    this.#needs.wake(id);
  }

  #forget({ line, bound }: Connection): void {
    this.#open.delete(line);
    for (const id of bound) {
      const lines = this.#lines.get(id);
      lines?.delete(line);
      if (lines?.size === 0) this.#lines.delete(id);
    }
  }
}

/** A subscription that listens by WebSocket, as whoever sees the record so may read it. Problems: those of reading. */
async function messageOf(
  { store, clock, base }: DeskNeeds,
  record: HealthRecord,
  id: string,
): Promise<Result<MessageOf>> {
  const read = await readCurrent(record, "Subscription", id);
  if (!read.ok) return read;
  const body: unknown = JSON.parse(read.value.body);
  const terms = readTerms(isJsonObject(body) ? body : {}, { base: base(), now: clock.now() });
  if (!terms.ok) return terms;
  const stored = await store.read(id);
  if (stored === undefined || terms.value.channel.type !== "websocket") return { ok: false, problems: [notListening] };
  return ok({ registration: { ...stored, terms }, terms: terms.value, base: base(), at: clock.now() });
}

const notListening = unavailable("not-listening", "This subscription has no WebSocket.");
