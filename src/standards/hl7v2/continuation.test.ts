// HL7 v2.5.1 §2.10.2 (continuation), §2.15.1 (ADD), §2.15.4 (DSC).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { limits } from "#kernel";
import { noContinuations, takeFragment } from "./continuation.ts";

const bytes = (text: string) => new TextEncoder().encode(text.replaceAll("\n", "\r"));
const text = (given: Uint8Array) => new TextDecoder().decode(given).replaceAll("\r", "\n");
const msh = (id: string, pointer = "") => `MSH|^~\\&|LAB||||2026||ORU^R01|${id}|P|2.4||${pointer}\n`;

/** What becomes of messages that come one after another. */
function taken(...messages: readonly string[]): readonly string[] {
  let state = noContinuations;
  return messages.map((message) => {
    const step = takeFragment(state, bytes(message));
    if (step.is !== "whole") state = step.state;
    if (step.is === "part") return `part ${step.number}`;
    if (step.is === "joined") return text(step.message);
    return step.is === "refused" ? step.problem.code : "whole";
  });
}

describe("A message in fragments", () => {
  it("is the header of the first and all that follows the headers, without DSC", () => {
    assert.deepEqual(
      taken(
        `${msh("1")}PID|1\nOBX|1\nDSC|W4xy\n`,
        `${msh("2", "W4xy")}OBX|2\nOBX|3\nDSC|V292|F\n`,
        `${msh("3", "V292")}OBX|4\n`,
      ),
      ["part 1", "part 2", `${msh("1").trim()}\nPID|1\nOBX|1\nOBX|2\nOBX|3\nOBX|4\n`],
    );
  });

  it("may break in the middle of a segment, at any character", () => {
    assert.deepEqual(
      taken(
        `${msh("1")}OBX|1|FT|REP||The cult\nADD\nDSC|A\n`,
        `${msh("2", "A")}ADD|ure grew no\nADD|\nDSC|B\n`,
        `${msh("3", "B")}ADD|thing.|||F\nOBX|2\n`,
      ),
      ["part 1", "part 2", `${msh("1")}OBX|1|FT|REP||The culture grew nothing.|||F\nOBX|2\n`],
    );
  });

  it("gets a line end where a fragment has none at its end", () => {
    assert.deepEqual(taken(`${msh("1")}OBX|1\nDSC|A`, `${msh("2", "A")}OBX|2`)[1], `${msh("1")}OBX|1\nOBX|2\n`);
  });

  it("may have other messages, whole or in fragments, between its parts", () => {
    assert.deepEqual(
      taken(
        `${msh("1")}OBX|1\nDSC|A\n`,
        `${msh("x")}OBX|9\n`,
        `${msh("2")}OBX|5\nDSC|B\n`,
        `${msh("3", "A")}OBX|2\n`,
        `${msh("4", "B")}OBX|6\n`,
      ),
      ["part 1", "whole", "part 1", `${msh("1")}OBX|1\nOBX|2\n`, `${msh("2")}OBX|5\nOBX|6\n`],
    );
  });

  it("is refused when its beginning did not come", () => {
    assert.deepEqual(taken(`${msh("3", "V292")}OBX|4\n`), ["continuation-unknown"]);
  });

  it("is refused beyond its bounds, and its fragments are let go", () => {
    const parts = Array.from({ length: limits.hl7ContinuationFragmentsMax + 1 }, (_, at) =>
      at === 0 ? `${msh("0")}DSC|1\n` : `${msh(String(at), String(at))}DSC|${at + 1}\n`,
    );
    const told = taken(...parts, `${msh("end", String(parts.length))}OBX|1\n`);
    assert.deepEqual(told.slice(-3), [`part ${parts.length - 1}`, "continuation-too-long", "continuation-unknown"]);
  });

  it("is one of no more than the limit at once", () => {
    const first = Array.from({ length: limits.hl7ContinuationsMax + 1 }, (_, at) => `${msh(String(at))}DSC|P${at}\n`);
    assert.equal(taken(...first).at(-1), "continuations-too-many");
  });
});

describe("A message that is whole", () => {
  it("has neither MSH-14 nor DSC-1, or has DSC for a query", () => {
    const whole = [
      `${msh("1")}OBX|1\n`,
      `${msh("1")}DSC\n`,
      `${msh("1", '""')}DSC|""\n`,
      `${msh("1")}DSC|A|I\n`,
      "",
      "MSH",
    ];
    assert.deepEqual(
      taken(...whole),
      whole.map(() => "whole"),
    );
  });
});
