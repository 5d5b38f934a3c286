import { auditEntry, seal } from "#audit";
import { expectOk, instant } from "#kernel";
import type { AuditEntry } from "#record";
import { openPostgres, type PostgresStore } from "#storage/postgres";

/** Entries as the reads and writes of a busy hospital leave them: of 500 people, 20,000 patients and all kinds of acts. */
export function madeEntry(index: number): AuditEntry {
  const acts = ["read", "search", "read", "read", "update", "create"] as const;
  const act = acts[index % acts.length] ?? "read";
  const patient = `Patient/0199b1c0-0000-7000-8000-${String((index * 7_919) % 20_000).padStart(12, "0")}`;
  const entity = `Observation/0199b1c0-1111-7000-8000-${String(index).padStart(12, "0")}/_history/1`;
  const isSearch = act === "search";
  return auditEntry({
    at: instant(Date.UTC(2026, 2, 2) + index * 40),
    act,
    agent: {
      reference: `User/0199b1c0-2222-7000-8000-${String(index % 500).padStart(12, "0")}`,
      display: `Made-up Person ${index % 500}`,
      roles: [index % 3 === 0 ? "doctor" : "nurse"],
      purpose: "TREAT",
      via: "session",
      address: "10.20.30.40",
    },
    outcome: index % 97 === 0 ? 4 : 0,
    ...(index % 97 === 0 ? { problem: "not-found" } : {}),
    patients: [patient],
    entities: [isSearch ? "Observation" : entity],
    ...(isSearch ? { query: `Observation?patient=${patient}&category=laboratory&_sort=-date&_count=50` } : {}),
  });
}

export async function openStore(target: Parameters<typeof openPostgres>[0]["target"]): Promise<PostgresStore> {
  return expectOk(await openPostgres({ target, kinds: [], seal }));
}

/** Appends so many entries, so many in a commit, as the record does when many requests wait at once. */
export async function appendMade(store: PostgresStore, range: { from: number; count: number; perCommit: number }) {
  for (let at = range.from; at < range.from + range.count; at += range.perCommit) {
    const length = Math.min(range.perCommit, range.from + range.count - at);
    await store.documents.appendAudit(Array.from({ length }, (_, index) => madeEntry(at + index)));
  }
}
