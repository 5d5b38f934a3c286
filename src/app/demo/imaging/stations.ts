import { type Access, type Actor, personActor } from "#access";
import { dicomNodeKind } from "#departments/clinical";
import { ok, type Result } from "#kernel";
import type { Operation } from "#record";
import { type Modality, stations } from "./examinations.ts";

const rooms: Readonly<Record<Modality, string>> = {
  CT: "CT scanner, radiology",
  MR: "MR scanner, radiology",
  CR: "X-ray room 1",
  US: "Echocardiography",
  MG: "Breast unit",
};

/** Lets the made-up modalities in: nodes that send and work through their lists from this machine. Tells whether there were none. Problems: those of the record. */
export async function ensureStations(access: Access, account: Actor): Promise<Result<{ readonly isNew: boolean }>> {
  const { permissions } = personActor({ ...account, roles: ["pacs-administrator"] });
  const { record } = access.contextOf({ ...account, permissions });
  const named = Object.entries(stations) as [Modality, string][];
  const keys = named.map(([, aeTitle]) => ({ kind: dicomNodeKind, id: aeTitle.toLowerCase() }));
  const known = await record.readMany(keys);
  if (!known.ok) return known;
  const there = new Set(known.value.map(({ id }) => id));
  const operations = named.flatMap(([modality, aeTitle]): readonly Operation[] => {
    const id = aeTitle.toLowerCase();
    if (there.has(id)) return [];
    return [{ action: "create", kind: dicomNodeKind, id, body: nodeOf(aeTitle, rooms[modality]) }];
  });
  const written = operations.length === 0 ? ok([]) : await record.transact({ operations });
  return written.ok ? ok({ isNew: operations.length > 0 }) : written;
}

function nodeOf(aeTitle: string, description: string) {
  return {
    aeTitle,
    description,
    tls: false,
    addresses: ["127.0.0.0/8", "::1"],
    mayStore: true,
    mayFind: false,
    mayRetrieve: false,
    mayWorklist: true,
    commits: false,
    isPaused: false,
  };
}
