// HL7 v2.5.1 §7.3.1 (ORU), §4.4.1 (ORM), §4.4.6 (OML).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ObservationGroup, OrderGroup, OrderMessage, PatientGroup } from "./groups.ts";
import { parseMessage } from "./message.ts";
import { groupOrders, groupResults, groupSpecimenResults } from "./order-groups.ts";
import type { Segment } from "./segment.ts";

/** Segments by name alone, with an order number where one is given: `ORC:A` is an ORC with placer number A. */
function message(type: string, names: string) {
  const segments = names.split(" ").map((name) => {
    const [segment = "", number = ""] = name.split(":");
    return segment === "text" ? "a line of text" : `${segment}|1|${number}`;
  });
  return parseMessage([`MSH|^~\\&|LAB||||||${type}|1|P|2.5.1`, ...segments, ""].join("\r"));
}

const results = (names: string) => groupResults(message("ORU^R01", names));
const orders = (type: "ORM^O01" | "OML^O21", names: string) => groupOrders(message(type, names));

const name = (segment: Segment | undefined) => segment?.where ?? "-";
const names = (segments: readonly Segment[]) => segments.map(name).join("+");

/** `ORC[1] OBR[1]: OBX[1](NTE[1]) OBX[2] SPM[1]{OBX[3]}`: what belongs to what, on one line an order. */
function orderLine({ order, request, notes, timings, diagnoses, observations, specimens, others }: OrderGroup): string {
  const own = [...notes, ...timings, ...diagnoses, ...others];
  const parts = [
    ...observations.map(observationText),
    ...specimens.map(
      (group) =>
        `${name(group.specimen)}{${[...group.observations.map(observationText), ...group.containers.map(name)].join(" ")}}`,
    ),
  ];
  return `${name(order)} ${name(request)}${own.length === 0 ? "" : ` with ${names(own)}`}: ${parts.join(" ")}`.trimEnd();
}

function observationText({ observation, notes, others }: ObservationGroup): string {
  const own = [...notes, ...others];
  return own.length === 0 ? name(observation) : `${name(observation)}(${names(own)})`;
}

function orderLines(grouped: OrderMessage): string[] {
  return grouped.patients.flatMap(({ orders: all }) => all.map(orderLine));
}

function problems(grouped: OrderMessage): string[] {
  return grouped.problems.map(({ code, where }) => `${code} ${where}`);
}

function patientOf(grouped: OrderMessage): PatientGroup {
  const [patient] = grouped.patients;
  assert.ok(patient);
  return patient;
}

describe("Results", () => {
  it("are grouped by order and observation, notes going with what they follow", () => {
    const grouped = results("PID PD1 NTE PV1 ORC OBR NTE OBX NTE NTE OBX ORC OBR OBX");
    assert.deepEqual(orderLines(grouped), [
      "ORC[1] OBR[1] with NTE[2]: OBX[1](NTE[3]+NTE[4]) OBX[2]",
      "ORC[2] OBR[2]: OBX[3]",
    ]);
    const { patient, demographics, visit, notes } = patientOf(grouped);
    assert.deepEqual([patient, demographics, visit, ...notes].map(name), ["PID[1]", "PD1[1]", "PV1[1]", "NTE[1]"]);
    assert.deepEqual(names(grouped.envelope), "MSH[1]");
    assert.deepEqual(problems(grouped), []);
  });

  it("have an OBR for each order, with or without ORC", () => {
    assert.deepEqual(orderLines(results("PID ORC OBR OBX OBR OBX OBR OBX")), [
      "ORC[1] OBR[1]: OBX[1]",
      "- OBR[2]: OBX[2]",
      "- OBR[3]: OBX[3]",
    ]);
  });

  it("find their ORC by order number when all ORC come first", () => {
    assert.deepEqual(orderLines(results("PID ORC:A ORC:B OBR:A OBX OBR:B OBX OBR:C OBX")), [
      "ORC[1] OBR[1]: OBX[1]",
      "ORC[2] OBR[2]: OBX[2]",
      "- OBR[3]: OBX[3]",
    ]);
  });

  it("stay results when a specimen comes before them, which is reported", () => {
    const grouped = results("PID ORC OBR SPM OBX OBX");
    assert.deepEqual(orderLines(grouped), ["ORC[1] OBR[1]: OBX[1] OBX[2] SPM[1]{}"]);
    assert.deepEqual(problems(grouped), ["specimen-before-results SPM[1]"]);
  });

  it("are followed by specimens with observations of their own", () => {
    const grouped = results("PID ORC OBR OBX SPM OBX SAC SPM OBX");
    assert.deepEqual(orderLines(grouped), ["ORC[1] OBR[1]: OBX[1] SPM[1]{OBX[2] SAC[1]} SPM[2]{OBX[3]}"]);
    assert.deepEqual(problems(grouped), []);
  });

  it("belong to the order whose specimen came even before the OBR", () => {
    assert.deepEqual(orderLines(results("PID SPM OBR OBX")), ["- OBR[1]: OBX[1] SPM[1]{}"]);
  });

  it("of several patients stay apart", () => {
    const grouped = results("PID OBR OBX PID PV1 OBR OBX");
    assert.deepEqual(
      grouped.patients.map(({ patient, visit, orders: all }) => [name(patient), name(visit), ...all.map(orderLine)]),
      [
        ["PID[1]", "-", "- OBR[1]: OBX[1]"],
        ["PID[2]", "PV1[1]", "- OBR[2]: OBX[2]"],
      ],
    );
    assert.deepEqual(problems(grouped), []);
  });

  it("without any OBR are the patient's observations, and reported", () => {
    const grouped = results("PID OBX NTE OBX");
    assert.deepEqual(patientOf(grouped).observations.map(observationText), ["OBX[1](NTE[1])", "OBX[2]"]);
    assert.deepEqual(problems(grouped), ["segment-missing OBX[1]"]);
  });

  it("without OBR but with ORC are the order's, and reported", () => {
    const grouped = results("PID ORC OBX");
    assert.deepEqual(orderLines(grouped), ["ORC[1] -: OBX[1]"]);
    assert.deepEqual(problems(grouped), ["segment-missing OBX[1]"]);
  });

  it("keep a visit that comes late, and a second one, and say so", () => {
    const grouped = results("PID OBR PV1 OBX PV1");
    assert.deepEqual([name(patientOf(grouped).visit), names(patientOf(grouped).others)], ["PV1[1]", "PV1[2]"]);
    assert.deepEqual(problems(grouped), [
      "segment-out-of-order PV1[1]",
      "segment-out-of-order PV1[2]",
      "segment-repeated PV1[2]",
    ]);
  });

  it("keep segments that no table knows where they stand", () => {
    const grouped = results("SFT PID ZPI OBR ZBR OBX ZBX FT1");
    assert.deepEqual(names(grouped.envelope), "MSH[1]+SFT[1]");
    assert.deepEqual(names(patientOf(grouped).others), "ZPI[1]");
    assert.deepEqual(orderLines(grouped), ["- OBR[1] with ZBR[1]+FT1[1]: OBX[1](ZBX[1])"]);
  });

  it("never go to another patient: what follows a second MSH is left out, as are lines of text", () => {
    const grouped = results("PID OBR OBX text MSH PID OBX");
    assert.deepEqual(names(grouped.unplaced), "?[1]+MSH[2]+PID[2]+OBX[2]");
    assert.deepEqual(orderLines(grouped), ["- OBR[1]: OBX[1]"]);
    assert.deepEqual(problems(grouped), ["segment-unplaced ?[1]"]);
  });

  it("of a patient who is not named are kept", () => {
    assert.deepEqual(orderLines(results("OBR OBX")), ["- OBR[1]: OBX[1]"]);
    assert.equal(patientOf(results("OBR OBX")).patient, undefined);
  });
});

describe("Orders", () => {
  it("of ORM have ORC and what is ordered", () => {
    const grouped = orders("ORM^O01", "PID PV1 AL1 ORC OBR NTE DG1 OBX ORC RXO");
    assert.deepEqual(orderLines(grouped), ["ORC[1] OBR[1] with NTE[1]+DG1[1]: OBX[1]", "ORC[2] RXO[1]:"]);
    assert.deepEqual(names(patientOf(grouped).allergies), "AL1[1]");
    assert.deepEqual(problems(grouped), []);
  });

  it("of OML have timings, and specimens whose observations are not those of the order", () => {
    const grouped = orders("OML^O21", "PID ORC TQ1 OBR OBX SPM OBX SAC ORC OBR SPM OBX");
    assert.deepEqual(orderLines(grouped), [
      "ORC[1] OBR[1] with TQ1[1]: OBX[1] SPM[1]{OBX[2] SAC[1]}",
      "ORC[2] OBR[2]: SPM[2]{OBX[3]}",
    ]);
  });

  it("of OML may bring earlier results, which are no orders", () => {
    for (const beginning of ["PID", "PV1", "AL1"]) {
      const grouped = orders("OML^O21", `PID ORC OBR SPM ${beginning} ORC OBR OBX`);
      assert.deepEqual(
        grouped.patients.map(({ isPrior, orders: all }) => [isPrior, ...all.map(orderLine)]),
        [
          [false, "ORC[1] OBR[1]: SPM[1]{}"],
          [true, "ORC[2] OBR[2]: OBX[1]"],
        ],
        beginning,
      );
      assert.deepEqual(problems(grouped), []);
    }
  });

  it("for two patients in one message are reported", () => {
    const grouped = orders("ORM^O01", "PID ORC OBR PID ORC OBR");
    assert.equal(grouped.patients.length, 2);
    assert.deepEqual(problems(grouped), ["segment-repeated PID[2]"]);
  });
});

describe("Results by specimen (OUL^R22)", () => {
  const bySpecimen = (names: string) => groupSpecimenResults(message("OUL^R22", names));
  const specimenLines = (grouped: OrderMessage) =>
    patientOf(grouped).specimens.map(({ specimen, observations, containers, orders: asked }) =>
      [
        name(specimen),
        ...observations.map(observationText),
        ...containers.map(name),
        ...asked.map((order) => `[${orderLine(order)}]`),
      ].join(" "),
    );

  it("have the orders of each specimen, with ORC behind OBR or before it", () => {
    const grouped = bySpecimen("PID PV1 SPM OBX SAC OBR ORC OBX NTE OBR OBX SPM ORC OBR OBX");
    assert.deepEqual(specimenLines(grouped), [
      "SPM[1] OBX[1] SAC[1] [ORC[1] OBR[1]: OBX[2](NTE[1])] [- OBR[2]: OBX[3]]",
      "SPM[2] [ORC[2] OBR[3]: OBX[4]]",
    ]);
    assert.deepEqual(patientOf(grouped).orders, []);
    assert.deepEqual(problems(grouped), []);
  });

  it("without a specimen are orders of the patient", () => {
    assert.deepEqual(orderLines(bySpecimen("PID OBR ORC OBX")), ["ORC[1] OBR[1]: OBX[1]"]);
  });
});
