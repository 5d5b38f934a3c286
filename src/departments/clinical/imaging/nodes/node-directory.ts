import { type Clock, failed, limits, notFound, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import { type DicomNode, dicomNodeKind } from "./dicom-node.ts";

export interface NamedNode extends DicomNode {
  readonly id: string;
}

/**
 * The nodes that are known, held for `limits.nodesHeldMs` at a time: an association is admitted by what was so then. Every running
 * Corridor follows a change within that time.
 */
export class NodeDirectory {
  readonly #record: Pick<HealthRecord, "search">;
  readonly #clock: Clock;
  #held: { readonly untilMs: number; readonly nodes: Promise<Result<readonly NamedNode[]>> } | undefined;

  constructor(record: Pick<HealthRecord, "search">, clock: Clock) {
    this.#record = record;
    this.#clock = clock;
  }

  /** All of them, at most `limits.nodesMax`. Problems: those of the record. */
  nodes(): Promise<Result<readonly NamedNode[]>> {
    const now = this.#clock.now();
    if (this.#held !== undefined && now < this.#held.untilMs) return this.#held.nodes;
    const nodes = readNodes(this.#record);
    this.#held = { untilMs: now + limits.nodesHeldMs, nodes };
    void nodes.then(({ ok: isRead }) => isRead || this.forget());
    return nodes;
  }

  /** The one that is called so. Problems: not-found `node-unknown`. */
  async named(aeTitle: string): Promise<Result<NamedNode>> {
    const nodes = await this.nodes();
    if (!nodes.ok) return nodes;
    const found = nodes.value.find((node) => node.aeTitle === aeTitle.trim());
    return found === undefined
      ? failed(notFound("node-unknown", `No node with the AE title ${aeTitle.trim()} is known here.`))
      : ok(found);
  }

  /** After a change, so that it counts at once. */
  forget(): void {
    this.#held = undefined;
  }
}

async function readNodes(record: Pick<HealthRecord, "search">): Promise<Result<readonly NamedNode[]>> {
  const sort = { by: "updated", descending: false } as const;
  const found = await record.search({ kind: dicomNodeKind, all: [], sort, limit: limits.nodesMax });
  if (!found.ok) return found;
  return ok(found.value.versions.map((version) => ({ id: version.id, ...parseBody<DicomNode>(version) })));
}
