import { type Log, limits } from "#kernel";
import type { HealthRecord, Position, Version } from "#record";
import type { Canonical } from "./canonical.ts";

export const definitionKinds = ["CodeSystem", "ValueSet", "ConceptMap"] as const;

const kindsFollowed: ReadonlySet<string> = new Set(definitionKinds);

function isDefinition(kind: string): boolean {
  return kindsFollowed.has(kind);
}

export type DefinitionKind = (typeof definitionKinds)[number];

/** A definition of the record as it stands; its text is read when it is needed. */
export interface StoredDefinition extends Canonical {
  readonly kind: DefinitionKind;
  readonly id: string;
  readonly position: Position;
  readonly text: string;
}

/** The part of the record that is followed. */
export type DefinitionRecord = Pick<HealthRecord, "search" | "history" | "changed" | "position">;

const pageSize = 200;

/**
 * The code systems, value sets and maps that the record holds, by url. A change by the record that is `watched` is
 * seen by whoever asks after it; any other, by another process, through the feed within `limits.feedPollMs`.
 */
export class StoredDefinitions {
  readonly #record: DefinitionRecord;
  readonly #log: Log;
  readonly #stop = new AbortController();
  readonly #byId = new Map<string, StoredDefinition>();
  readonly #byUrl = new Map<string, readonly StoredDefinition[]>();
  #known: Position | undefined;
  #isStale = true;
  #refreshing: Promise<void> | undefined;
  #refreshed: (() => void) | undefined;
  #characters = 0;
  /** Grows with every change, so that what was made of the definitions before can be told. */
  generation = 0;

  constructor(record: DefinitionRecord, log: Log) {
    this.#record = record;
    this.#log = log;
  }

  /** Begins to follow. */
  start(): void {
    void this.#follow();
  }

  /** Resolves when nothing is read any more. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#refreshed?.();
    await this.#refreshing;
  }

  /** The record, with every change of a definition by it known to whoever asks after it is acknowledged. */
  watched(record: HealthRecord): HealthRecord {
    return {
      ...record,
      transact: async (transaction) => {
        const result = await record.transact(transaction);
        if (result.ok && result.value.some(({ version }) => isDefinition(version.kind))) this.#isStale = true;
        return result;
      },
    };
  }

  /** Resolves when what was known to be committed has been read. A record that does not answer leaves what is known. */
  async fresh(): Promise<void> {
    if (!this.#isStale && this.#refreshing === undefined) return;
    // One that is under way may have begun before the change that is asked after.
    await this.#refreshing;
    if (this.#isStale && !this.#stop.signal.aborted) this.#beginRefresh();
    await this.#refreshing;
  }

  byUrl(kind: DefinitionKind, url: string): readonly StoredDefinition[] {
    return this.#byUrl.get(`${kind} ${url}`) ?? [];
  }

  byId(kind: DefinitionKind, id: string): StoredDefinition | undefined {
    return this.#byId.get(`${kind}/${id}`);
  }

  all(kind: DefinitionKind): readonly StoredDefinition[] {
    return [...this.#byId.values()].filter((definition) => definition.kind === kind);
  }

  async #follow(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.fresh();
      if (this.#stop.signal.aborted) return;
      await this.#record.changed(this.#known ?? 0, this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      this.#isStale = true;
      await this.#nextRefresh();
    }
  }

  /** Somebody who asks refreshes at once; otherwise it is done after a while, for those who cannot wait. */
  #nextRefresh(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => void this.fresh(), limits.feedPollMs);
      this.#refreshed = () => {
        clearTimeout(timer);
        this.#refreshed = undefined;
        resolve();
      };
    });
  }

  #beginRefresh(): void {
    this.#isStale = false;
    this.#refreshing = this.#refresh().finally(() => {
      this.#refreshing = undefined;
      this.#refreshed?.();
    });
  }

  async #refresh(): Promise<void> {
    try {
      const position = await this.#record.position();
      if (position !== this.#known) for (const kind of definitionKinds) await this.#read(kind);
      if (!this.#stop.signal.aborted) this.#known = position;
    } catch (error) {
      this.#isStale = true;
      this.#log.warn("terminology-not-refreshed", { error: error as Error });
    }
  }

  async #read(kind: DefinitionKind): Promise<void> {
    const since = this.#known;
    const seen = new Set<string>();
    let before: Position | undefined;
    while (!this.#stop.signal.aborted) {
      const page = await this.#record.history({
        kind,
        limit: pageSize,
        ...(before === undefined ? {} : { before }),
      });
      if (!page.ok) throw new Error(page.problems[0].code, { cause: page.problems[0].cause });
      const { versions } = page.value;
      for (const version of versions) {
        if (since !== undefined && version.position <= since) return;
        // Newest first: what comes later of the same document is what it was before.
        if (!seen.has(version.id)) this.#take(kind, version);
        seen.add(version.id);
      }
      before = page.value.next?.position;
      if (before === undefined) return;
    }
  }

  #take(kind: DefinitionKind, version: Version): void {
    const key = `${kind}/${version.id}`;
    const before = this.#byId.get(key);
    if (before !== undefined) this.#forget(key, before);
    const definition = version.action === "delete" ? undefined : definitionOf(kind, version);
    if (definition !== undefined) this.#keep(key, definition);
    this.generation += 1;
  }

  #keep(key: string, definition: StoredDefinition): void {
    if (this.#characters + definition.text.length > limits.terminologyTextCharactersMax) {
      this.#log.warn("terminology-definition-left-out", { kind: definition.kind, id: definition.id });
      return;
    }
    this.#characters += definition.text.length;
    this.#byId.set(key, definition);
    const url = `${definition.kind} ${definition.url}`;
    this.#byUrl.set(url, [...(this.#byUrl.get(url) ?? []), definition]);
  }

  #forget(key: string, definition: StoredDefinition): void {
    this.#characters -= definition.text.length;
    this.#byId.delete(key);
    const url = `${definition.kind} ${definition.url}`;
    const rest = this.byUrl(definition.kind, definition.url).filter((other) => other !== definition);
    if (rest.length === 0) this.#byUrl.delete(url);
    else this.#byUrl.set(url, rest);
  }
}

function definitionOf(kind: DefinitionKind, { id, position, body }: Version): StoredDefinition {
  const { url, version } = JSON.parse(body) as { readonly url?: string; readonly version?: string };
  // One without a url can still be asked for by its id.
  return { kind, id, position, text: body, url: url ?? "", ...(version === undefined ? {} : { version }) };
}
