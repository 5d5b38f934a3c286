// HL7 v2.5.1 §3.3 (ADT).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { groupAdmission } from "./admission-groups.ts";
import type { AdmittedPatient } from "./groups.ts";
import { parseMessage } from "./message.ts";
import type { Segment } from "./segment.ts";

function admission(names: string) {
  const lines = names.split(" ").map((name) => (name === "text" ? "a line of text" : `${name}|1`));
  return groupAdmission(parseMessage(["MSH|^~\\&|PAS||||||ADT^A01|1|P|2.4", ...lines, ""].join("\r")));
}

const where = (segment: Segment | undefined) => segment?.where;

/** What is there, by the name of its place. */
function places(patient: AdmittedPatient | undefined): Record<string, unknown> {
  const entries = Object.entries(patient ?? {}).map(([place, found]) => {
    if (place === "merges") {
      const merges = patient?.merges.map(({ merge, visit }) => [where(merge), where(visit)]);
      return [place, merges?.length === 0 ? undefined : merges];
    }
    if (Array.isArray(found)) return [place, found.length === 0 ? undefined : found.map(where)];
    return [place, where(found as Segment | undefined)];
  });
  return Object.fromEntries(entries.filter(([, found]) => found !== undefined));
}

describe("An admission", () => {
  it("is one patient with everything that is told", () => {
    const { envelope, event, patients, unplaced, problems } = admission(
      "SFT EVN PID PD1 ROL NK1 NK1 PV1 PV2 DB1 OBX AL1 IAM DG1 DG1 PR1 GT1 IN1 IN2 ACC ZPV NTE",
    );
    assert.deepEqual([envelope.map(where), where(event), unplaced, problems], [["MSH[1]", "SFT[1]"], "EVN[1]", [], []]);
    assert.deepEqual(patients.map(places), [
      {
        patient: "PID[1]",
        demographics: "PD1[1]",
        visit: "PV1[1]",
        visitAdditional: "PV2[1]",
        nextOfKin: ["NK1[1]", "NK1[2]"],
        observations: ["OBX[1]"],
        allergies: ["AL1[1]", "IAM[1]"],
        diagnoses: ["DG1[1]", "DG1[2]"],
        procedures: ["PR1[1]"],
        insurance: ["GT1[1]", "IN1[1]", "IN2[1]"],
        notes: ["NTE[1]"],
        others: ["ROL[1]", "DB1[1]", "ACC[1]", "ZPV[1]"],
      },
    ]);
  });

  it("may be several merges, each with the numbers that cease (A40)", () => {
    assert.deepEqual(admission("EVN PID PD1 MRG PV1 PID MRG").patients.map(places), [
      { patient: "PID[1]", demographics: "PD1[1]", merges: [["MRG[1]", "PV1[1]"]] },
      { patient: "PID[2]", merges: [["MRG[2]", undefined]] },
    ]);
  });

  it("may move several visits to one patient (A45)", () => {
    assert.deepEqual(admission("EVN PID MRG PV1 MRG PV1").patients.map(places), [
      {
        patient: "PID[1]",
        merges: [
          ["MRG[1]", "PV1[1]"],
          ["MRG[2]", "PV1[2]"],
        ],
      },
    ]);
  });

  it("may swap the beds of two patients (A17)", () => {
    assert.deepEqual(admission("EVN PID PV1 PID PV1").patients.map(places), [
      { patient: "PID[1]", visit: "PV1[1]" },
      { patient: "PID[2]", visit: "PV1[2]" },
    ]);
  });

  it("keeps what comes before PID or twice, and reports a second visit", () => {
    const { patients, problems } = admission("EVN PV1 PID PV1 EVN");
    assert.deepEqual(patients.map(places), [{ patient: "PID[1]", visit: "PV1[1]", others: ["PV1[2]", "EVN[2]"] }]);
    assert.deepEqual(
      problems.map(({ code, where: place }) => `${code} ${place}`),
      ["segment-repeated PV1[2]"],
    );
  });

  it("leaves out lines of text and a second message", () => {
    const { patients, unplaced } = admission("EVN PID text MSH PID");
    assert.deepEqual(patients.map(places), [{ patient: "PID[1]" }]);
    assert.deepEqual(unplaced.map(where), ["?[1]", "MSH[2]", "PID[2]"]);
  });
});
