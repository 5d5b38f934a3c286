import { expectOk, type Log, limits, ok, type Result } from "#kernel";
import { type AddedSearchParameter, setAddedSearchParameters } from "#standards/fhir";
import { keyText, type Position, type Version } from "../../documents/document.ts";
import { pause } from "../../feed/pause.ts";
import type { HealthRecord } from "../../health-record.ts";
import type { CursorStore, IndexingStore } from "../../ports.ts";
import { addedParameter, definitionOf, type ParameterDefinition } from "./definition.ts";
import { type IndexingProgress, indexBy, parameterJob, progressOf } from "./indexing.ts";
import { RevisedIndex, type RevisionState } from "./revised-index.ts";

export interface AddedParametersNeeds {
  readonly record: HealthRecord;
  readonly indexing: IndexingStore;
  readonly cursors: CursorStore;
  readonly log: Log;
}

/** What has become of one SearchParameter. */
export type ParameterState =
  | { readonly state: "unused" }
  | { readonly state: "refused"; readonly reasons: readonly string[] }
  | ({ readonly state: "indexing" | "ready" } & IndexingProgress);

const kind = "SearchParameter";

/**
 * The search parameters that this hospital added: every active SearchParameter of the record. A new one is known at once
 * to what is written, is indexed in the background over what was written before, and can be searched by when that is done.
 * There is one of these in a process, as the tables of `#standards/fhir` are the process's own.
 */
export class AddedParameters {
  readonly #needs: AddedParametersNeeds;
  readonly #revised: RevisedIndex;
  readonly #stop = new AbortController();
  readonly #definitions = new Map<string, ParameterDefinition>();
  readonly #refused = new Map<string, readonly string[]>();
  readonly #ready = new Set<string>();
  /** Those of them that searches know of. */
  #usable: ReadonlySet<string> = new Set();
  /** Up to here changes were taken. */
  #position: Position = 0;
  #catching: Promise<boolean> = Promise.resolve(true);
  #working: Promise<unknown> = Promise.resolve();

  private constructor(needs: AddedParametersNeeds) {
    this.#needs = needs;
    this.#revised = new RevisedIndex(needs);
  }

  /** Knows every parameter of the record when it resolves; those half indexed go on where they stopped. */
  static async open(needs: AddedParametersNeeds): Promise<AddedParameters> {
    const parameters = new AddedParameters(needs);
    parameters.#position = await needs.record.position();
    await parameters.#loadAll();
    const revised = parameters.#revised.bringUpToDate(parameters.#stop.signal);
    parameters.#working = Promise.all([parameters.#follow(), parameters.#indexAll(), revised]);
    return parameters;
  }

  async stateOf(id: string): Promise<Result<ParameterState>> {
    await this.#catchUp();
    const reasons = this.#refused.get(id);
    if (reasons !== undefined) return ok({ state: "refused", reasons });
    const definition = this.#definitions.get(id);
    if (definition === undefined) return ok({ state: "unused" });
    const progress = await progressOf(parameterJob(definition), this.#needs);
    return ok({ state: this.#usable.has(definition.parameter.heldAs) ? "ready" : "indexing", ...progress });
  }

  /** How far what was written before Corridor's own index changed has been brought up to date. */
  revisions(): Promise<readonly RevisionState[]> {
    return this.#revised.states();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#working;
    setAddedSearchParameters(new Map());
  }

  async #loadAll(): Promise<void> {
    let after: { readonly position: number } | undefined;
    do {
      const page = await this.#needs.record.search({
        kind,
        all: [{ is: "key", any: ["status=active"] }],
        sort: { by: "updated", descending: false },
        limit: limits.pageSizeMax,
        ...(after === undefined ? {} : { after }),
      });
      if (!page.ok) return;
      for (const version of page.value.versions) await this.#take(version);
      after = page.value.next;
    } while (after !== undefined);
    this.#apply();
  }

  /** What is known of a parameter changes at once, so that nobody finds it gone in between. */
  async #take(version: Version): Promise<void> {
    const { id } = version;
    const definition = version.action === "delete" ? ok(undefined) : definitionOf(version);
    const isReady =
      definition.ok &&
      definition.value !== undefined &&
      (await progressOf(parameterJob(definition.value), this.#needs)).isDone;
    this.#definitions.delete(id);
    this.#refused.delete(id);
    if (!definition.ok) {
      this.#refused.set(
        id,
        definition.problems.map((problem) => `${problem.where}: ${problem.message}`),
      );
      this.#needs.log.warn("a search parameter cannot be used", { parameter: keyText(version) });
    } else if (definition.value !== undefined) {
      this.#definitions.set(id, definition.value);
      if (isReady) this.#ready.add(definition.value.parameter.heldAs);
    }
  }

  #apply(): void {
    const byType = new Map<string, AddedSearchParameter[]>();
    for (const definition of this.#definitions.values()) {
      const parameter = addedParameter(definition, this.#ready.has(definition.parameter.heldAs));
      for (const type of definition.types) byType.set(type, [...(byType.get(type) ?? []), parameter]);
    }
    setAddedSearchParameters(byType);
    this.#usable = new Set(this.#ready);
  }

  /** Changes of definitions, by this process or another, noticed after `limits.feedPollMs` at most. */
  async #follow(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      if (await this.#catchUp()) await this.#needs.record.changed(this.#position, this.#stop.signal);
      // Messages pour in, definitions do not: there is no need to look after each commit.
      await pause(limits.feedPollMs, this.#stop.signal);
    }
  }

  /** Takes what was committed by now; one at a time. False where the record does not answer. */
  #catchUp(): Promise<boolean> {
    this.#catching = this.#catching.then(() => this.#takeChanges());
    return this.#catching;
  }

  async #takeChanges(): Promise<boolean> {
    const { record } = this.#needs;
    try {
      const upTo = await record.position();
      const isNew = await this.#takeAfter(this.#position);
      this.#position = Math.max(this.#position, upTo);
      if (isNew) this.#apply();
      return true;
    } catch {
      return false;
    }
  }

  /** Whether there was any. Throws where the record does not answer. */
  async #takeAfter(start: Position): Promise<boolean> {
    let after = start;
    for (;;) {
      const page = expectOk(
        await this.#needs.record.history({ kind, after, isOldestFirst: true, limit: limits.pageSizeMax }),
      );
      for (const change of page.versions) await this.#take(change);
      const last = page.versions.at(-1);
      if (last === undefined || page.next === undefined) return after > start || last !== undefined;
      after = last.position;
    }
  }

  async #indexAll(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const next = [...this.#definitions.values()].find(({ parameter }) => !this.#ready.has(parameter.heldAs));
      if (next === undefined || !(await this.#index(next))) await pause(limits.feedPollMs, this.#stop.signal);
    }
  }

  /** False where it could not be done now. */
  async #index(definition: ParameterDefinition): Promise<boolean> {
    const { heldAs } = definition.parameter;
    try {
      // Of several processes one indexes; the others see when it is done.
      const isOurs = await this.#needs.cursors.claim(`search parameter ${heldAs}`);
      if (isOurs) await indexBy(parameterJob(definition), { ...this.#needs, stop: this.#stop.signal });
      if (!(await progressOf(parameterJob(definition), this.#needs)).isDone) return false;
      this.#ready.add(heldAs);
      this.#apply();
      this.#needs.log.info("a search parameter is ready", { parameter: `${kind}/${definition.id}` });
      return true;
    } catch (error) {
      if (!this.#stop.signal.aborted) {
        this.#needs.log.warn("a search parameter is not indexed yet", { parameter: heldAs, error: error as Error });
      }
      return false;
    }
  }
}
