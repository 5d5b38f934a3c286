import type { Look, Sight } from "../health-record.ts";
import type { DocumentStore, Sighting } from "../ports.ts";
import { type Key, keyText, type Version } from "./document.ts";

/** As `HealthRecord.look` says. */
export async function look(store: DocumentStore, { keys, carriers }: Look): Promise<Sight> {
  const matches = carriers.keys.map((key) => ({ kind: carriers.kind, keys: [key] }));
  const seen = await store.look({ keys, matches });
  const found = [...seen.matching.values()].flat();
  return {
    versions: keys.flatMap((key) => standing(key, seen)),
    carriers: [...new Map(found.map((version) => [version.id, version])).values()],
    seen,
  };
}

function standing(key: Key, { current }: Sighting): readonly Version[] {
  const state = current.get(keyText(key));
  if (state === undefined || state.deleted) return [];
  const { version, position, at, body } = state;
  return [{ ...key, version, position, at, action: "update", body }];
}
