import { limits, ok, type Result } from "#kernel";
import { type Clause, type Cursor, type HealthRecord, parseBody, type Version } from "#record";
import type { Anchors } from "./anchors.ts";
import { openStays } from "./related-clause.ts";

interface Place {
  readonly status?: string;
  readonly location?: {
    readonly reference?: string;
    readonly identifier?: { readonly system?: string; readonly value?: string };
  };
}

interface Stay {
  readonly subject?: { readonly reference?: string };
  readonly location?: readonly Place[];
}

/**
 * Who is where now: the patients of every open stay, by the places of it that are not over. Messages name a place by the path
 * from its ward to the bed, so a ward has all whose path begins with its name.
 */
export class WardBoard {
  /** By `Location/1` and by `system|value` of the ward. */
  readonly #patients = new Map<string, Set<string>>();

  /** Of more open stays than `limits.openStaysMax`, the newest. */
  static async read(record: HealthRecord): Promise<Result<WardBoard>> {
    const board = new WardBoard();
    const status: Clause = { is: "key", any: openStays.map((each) => `status=${each}`) };
    let after: Cursor | undefined;
    for (let read = 0; read < limits.openStaysMax; read += limits.pageSizeMax) {
      const page = await record.search({
        kind: "Encounter",
        all: [status],
        sort: { by: "updated", descending: true },
        limit: limits.pageSizeMax,
        ...(after === undefined ? {} : { after }),
      });
      if (!page.ok) return page;
      for (const version of page.value.versions) board.#add(version);
      after = page.value.next;
      if (after === undefined) break;
    }
    return ok(board);
  }

  /** Ids of the patients on these wards. */
  patientsOn({ wards, wardNames }: Pick<Anchors, "wards" | "wardNames">): readonly string[] {
    return [...new Set([...wards, ...wardNames].flatMap((ward) => [...(this.#patients.get(ward) ?? [])]))];
  }

  #add(version: Version): void {
    const { subject, location = [] } = parseBody<Stay>(version);
    const patient = /^Patient\/(.+)$/.exec(subject?.reference ?? "")?.[1];
    if (patient === undefined) return;
    for (const place of location) {
      if (place.status === "completed" || place.status === "planned") continue;
      for (const name of namesOf(place)) {
        const known = this.#patients.get(name);
        if (known === undefined) this.#patients.set(name, new Set([patient]));
        else known.add(patient);
      }
    }
  }
}

/** The place itself and what it is part of: `Ward 7/Bay 2/Bed 3`, `Ward 7/Bay 2`, `Ward 7`. */
function namesOf({ location }: Place): readonly string[] {
  const { reference, identifier } = location ?? {};
  const path = identifier?.value?.split("/") ?? [];
  const paths = path.map((_, at) => `${identifier?.system ?? ""}|${path.slice(0, at + 1).join("/")}`);
  return reference === undefined ? paths : [reference, ...paths];
}
