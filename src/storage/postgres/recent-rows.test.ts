import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instant, limits } from "#kernel";
import { noEntries, type VersionRow } from "#record";
import { RecentRows } from "./recent-rows.ts";

describe("What this process has just written", () => {
  it("is known by the newest version of each document, after a position", () => {
    const recent = new RecentRows();
    recent.add({ last: 2, rows: [row("a", 1), row("b", 2)] });
    recent.add({ last: 3, rows: [row("a", 3)] });
    assert.equal(recent.newest("Patient/a", 0)?.position, 3);
    assert.equal(recent.newest("Patient/b", 1)?.position, 2);
    assert.equal(recent.newest("Patient/b", 2), undefined);
    assert.deepEqual(positions(recent.ofKind("Patient", 0)), [3, 2]);
    assert.deepEqual(recent.ofKind("Observation", 0), []);
  });

  it("is forgotten where it never came to be, and what was there before shows again", () => {
    const recent = new RecentRows();
    recent.add({ last: 1, rows: [row("a", 1)] });
    const failed = { last: 2, rows: [row("a", 2)] };
    recent.add(failed);
    recent.remove(failed);
    assert.equal(recent.newest("Patient/a", 0)?.position, 1);
  });

  it("is forgotten once it is confirmed, but for the newest, and then does not reach back to it", () => {
    const recent = filled(limits.recentVersionsKept + 1);
    recent.prune(0);
    assert.equal(recent.reaches(0), true);
    recent.prune(1);
    assert.equal(recent.reaches(0), false);
    assert.equal(recent.reaches(1), true);
    assert.equal(recent.newest("Patient/p1", 0), undefined);
    assert.equal(recent.newest("Patient/p2", 0)?.position, 2);
  });

  it("is remembered while somebody who read before it has not written", () => {
    const recent = filled(limits.recentVersionsKept + 9);
    const hold = recent.hold(3);
    recent.prune(9);
    assert.equal(recent.reaches(3), true);
    assert.equal(recent.reaches(2), false);
    recent.release(hold);
    recent.prune(9);
    assert.equal(recent.reaches(8), false);
    assert.equal(recent.reaches(9), true);
  });

  it("is forgotten beyond its bound even then", () => {
    const recent = filled(limits.recentVersionsMax + 2);
    recent.hold(0);
    recent.prune(limits.recentVersionsMax);
    assert.equal(recent.reaches(1), false);
    assert.equal(recent.reaches(2), true);
  });
});

function filled(count: number): RecentRows {
  const recent = new RecentRows();
  for (let position = 1; position <= count; position += 1) {
    recent.add({ last: position, rows: [row(`p${position}`, position)] });
  }
  return recent;
}

function positions(rows: readonly VersionRow[]): readonly number[] {
  return rows.map(({ position }) => position);
}

function row(id: string, position: number): VersionRow {
  return {
    kind: "Patient",
    id,
    version: 1,
    position,
    at: instant(0),
    action: "create",
    body: "{}",
    entries: noEntries,
  };
}
