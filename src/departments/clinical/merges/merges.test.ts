/** Two numbers of one person become one patient. Source: HL7 UK A.3 §3.4.40 (A40); FHIR R4 Patient.link. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Patient, ServiceRequest } from "#standards/fhir";
import { aMerge, anAdt, anOrder, anOruR01, aParting, potassium } from "../../../../test/builders/index.ts";
import { aMergingHospital, type MergingHospital } from "../../../../test/merging.ts";
import { mrONeill, mrsOsei } from "../../../../test/ward/index.ts";
import type { LinkMessage } from "../messages/link-message.ts";

/** Mrs Osei as she was registered a second time, in the emergency department. */
const secondOsei = { ...mrsOsei, nhsNumber: "", hospitalNumber: "H9" };
const asSecond = { patient: secondOsei, pid: { 3: "H9^^^MEADOW^MR" } };

async function twoRegistrations(): Promise<MergingHospital> {
  const hospital = await aMergingHospital();
  await hospital.send(anAdt({ controlId: "A-1" }), { link: "pas" });
  await hospital.send(anAdt({ controlId: "A-2", ...asSecond, pv1: { 19: "V99^^^MEADOW^VN" } }), { link: "pas" });
  await hospital.send(anOruR01({ controlId: "R-1", filler: "26U1", placer: "P1", obx: [potassium] }));
  await hospital.send(anOruR01({ controlId: "R-2", filler: "26U2", placer: "P2", obx: [potassium], ...asSecond }));
  return hospital;
}

async function merged(): Promise<MergingHospital> {
  const hospital = await twoRegistrations();
  assert.equal((await hospital.send(aMerge(), { link: "pas" })).code, "AA");
  return hospital;
}

const linksOf = ({ link = [] }: Patient) => link.map(({ type, other }) => `${type} ${other.reference}`);

describe("A merge", () => {
  test("links both patients; the one whose number ceases is inactive, and the other is found by both numbers", async () => {
    const hospital = await merged();
    const [kept, ceased] = [await hospital.patientOf(mrsOsei.hospitalNumber), await hospital.patientOf("H9")];
    assert.deepEqual(linksOf(kept), [`replaces Patient/${ceased.id}`]);
    assert.deepEqual(linksOf(ceased), [`replaced-by Patient/${kept.id}`]);
    assert.deepEqual([kept.active, ceased.active], [undefined, false]);
    const old = kept.identifier?.find(({ value }) => value === "H9");
    assert.equal(old?.use, "old");
  });

  test("moves everything in the same commit as its acknowledgement", async () => {
    const hospital = await merged();
    for (const [kind, count] of [
      ["Observation", 2],
      ["DiagnosticReport", 2],
      ["ServiceRequest", 2],
      ["Specimen", 2],
      ["Encounter", 2],
    ] as const) {
      assert.equal((await hospital.under(mrsOsei.hospitalNumber, kind)).length, count, kind);
    }
    const [merge] = await hospital.merges();
    assert.deepEqual([merge?.state, merge?.steps, merge?.moved, merge?.event], ["merged", 1, 5, "A40"]);
    assert.equal(merge?.effectiveAt, "2026-11-23T10:00:00+00:00");
  });

  test("names itself in the Provenance of every version that it moved", async () => {
    const hospital = await merged();
    const provenances = await hospital.all<{ activity: { text: string }; target: readonly { reference: string }[] }>(
      "Provenance",
    );
    const step = provenances.find(({ activity }) => activity.text === "Merge of two patients");
    assert.equal(step?.target.length, 5);
    assert.ok(step?.target.every(({ reference }) => reference.includes("/_history/2")));
  });

  test("accounts for every value of the message", async () => {
    const hospital = await merged();
    const message = (await hospital.all<LinkMessage>("LinkMessage")).find(({ type }) => type === "ADT^A40");
    assert.equal(message?.state, "mapped");
    const lost = message?.ledger?.unmapped.filter(({ reason }) => reason !== "administrative");
    assert.deepEqual(lost, []);
  });

  test("sent again, by another message too, has no second effect", async () => {
    const hospital = await merged();
    assert.equal((await hospital.send(aMerge({ controlId: "MERGE-2" }), { link: "pas" })).code, "AA");
    assert.equal((await hospital.merges()).length, 1);
  });

  test("says the same as A34, A30, A39 and A18, which are older", async () => {
    for (const event of ["A34", "A30", "A39", "A18"] as const) {
      const hospital = await twoRegistrations();
      assert.equal((await hospital.send(aMerge({ event }), { link: "pas" })).code, "AA");
      assert.equal((await hospital.under(mrsOsei.hospitalNumber, "Observation")).length, 2, event);
    }
  });

  test("may tell of several patients", async () => {
    const hospital = await twoRegistrations();
    await hospital.send(
      anOruR01({ controlId: "R-3", filler: "26U3", placer: "P3", obx: [potassium], patient: mrONeill }),
    );
    const pairs = [
      { kept: mrsOsei, ceased: "H9" },
      { kept: mrONeill, ceased: "H10" },
    ];
    assert.equal((await hospital.send(aMerge({ pairs }), { link: "pas" })).code, "AA");
    await hospital.settle();
    assert.deepEqual(
      (await hospital.merges()).map(({ state }) => state),
      ["merged", "merged"],
    );
    assert.equal((await hospital.under(mrsOsei.hospitalNumber, "Observation")).length, 2);
  });
});

describe("A message for a number that was given up", () => {
  test("is recorded for the patient who stays, and says so", async () => {
    const hospital = await merged();
    await hospital.send(anOruR01({ controlId: "R-3", filler: "26U3", placer: "P3", obx: [potassium], ...asSecond }));
    assert.equal((await hospital.under(mrsOsei.hospitalNumber, "Observation")).length, 3);
    const message = (await hospital.all<LinkMessage>("LinkMessage")).find(({ controlId }) => controlId === "R-3");
    assert.deepEqual(
      message?.reasons.map(({ code }) => code),
      ["merged-number"],
    );
  });

  test("corrects the result that was moved, and completes the order that was", async () => {
    const hospital = await twoRegistrations();
    await hospital.send(anOrder({ controlId: "O-1", placer: "P7", ...asSecond, test: "UE^Urea and electrolytes^L" }), {
      link: "ice",
    });
    await hospital.send(aMerge(), { link: "pas" });
    await hospital.send(anOruR01({ controlId: "R-4", filler: "26U7", placer: "P7", obx: [potassium] }));
    const orders = await hospital.all<ServiceRequest>("ServiceRequest");
    assert.deepEqual(
      orders.map(({ status }) => status),
      ["completed", "completed", "completed"],
    );
    await hospital.send(
      anOruR01({
        controlId: "R-5",
        filler: "26U2",
        placer: "P2",
        status: "C",
        obx: [{ ...potassium, value: "5.9" }],
        ...asSecond,
        reportedAt: "20261123113000+0000",
      }),
    );
    const values = (await hospital.all<{ valueQuantity: { value: number } }>("Observation")).map(
      (each) => each.valueQuantity.value,
    );
    assert.deepEqual(values.sort(), [4.1, 4.1, 5.9]);
  });

  test("does not change what is known of the patient who stays", async () => {
    const hospital = await merged();
    const pid = { 3: "H9^^^MEADOW^MR", 5: "Unknown^Female", 7: "19000101" };
    await hospital.send(anAdt({ controlId: "A-3", event: "A08", recordedAt: "20261123113000+0000", pid }), {
      link: "pas",
    });
    assert.equal((await hospital.patientOf(mrsOsei.hospitalNumber)).name?.[0]?.family, "Osei");
  });
});

describe("A merge of somebody who is not known yet", () => {
  test("is kept: what comes later under either number is recorded for the patient who stays", async () => {
    const hospital = await aMergingHospital();
    assert.equal((await hospital.send(aMerge(), { link: "pas" })).code, "AA");
    await hospital.send(anOruR01({ controlId: "R-2", filler: "26U2", obx: [potassium], ...asSecond }));
    await hospital.send(anOruR01({ controlId: "R-1", filler: "26U1", obx: [potassium] }));
    assert.equal((await hospital.all("Patient")).length, 2);
    assert.equal((await hospital.under(mrsOsei.hospitalNumber, "Observation")).length, 2);
  });

  test("keeps the NHS number that both registrations share", async () => {
    const hospital = await aMergingHospital();
    const shared = { patient: { ...mrsOsei, hospitalNumber: "H9" } };
    await hospital.send(anOruR01({ controlId: "R-1", filler: "26U1", obx: [potassium], ...shared }));
    await hospital.send(aMerge(), { link: "pas" });
    await hospital.send(anOruR01({ controlId: "R-2", filler: "26U2", obx: [potassium] }));
    assert.equal((await hospital.under(mrsOsei.hospitalNumber, "Observation")).length, 2);
  });
});

describe("A chain of merges", () => {
  test("collapses: every patient in it is replaced by the last one", async () => {
    const hospital = await merged();
    const last = { ...mrsOsei, nhsNumber: "", hospitalNumber: "H77" };
    await hospital.send(
      aMerge({ controlId: "MERGE-2", kept: last, pid: { 3: "H77^^^MEADOW^MR" }, ceased: mrsOsei.hospitalNumber }),
      { link: "pas" },
    );
    const root = await hospital.patientOf("H77");
    for (const number of ["H9", mrsOsei.hospitalNumber]) {
      assert.deepEqual(linksOf(await hospital.patientOf(number)), [`replaced-by Patient/${root.id}`]);
    }
    assert.equal(root.link?.length, 2);
    await hospital.send(anOruR01({ controlId: "R-3", filler: "26U3", placer: "P3", obx: [potassium], ...asSecond }));
    assert.equal((await hospital.under("H77", "Observation")).length, 3);
  });
});

describe("A merge is held for a person", () => {
  const cases: readonly (readonly [what: string, code: string, ...messages: readonly string[]])[] = [
    [
      "when the numbers are of two people who differ in name and birth",
      "identity-conflict",
      aMerge({ pid: { 5: "Smith^Jane", 7: "19990101" } }),
    ],
    [
      "when it is the other way round than the one before",
      "merged-the-other-way",
      aMerge(),
      aMerge({ controlId: "MERGE-2", kept: secondOsei, pid: { 3: "H9^^^MEADOW^MR" }, ceased: mrsOsei.hospitalNumber }),
    ],
    [
      "when the number went to another patient before",
      "merged-elsewhere",
      aMerge(),
      aMerge({ controlId: "MERGE-2", kept: mrONeill }),
    ],
    ["when it names nobody whose number ceases", "merge-not-named", aMerge({ mrg: { 1: "" } })],
  ];
  for (const [what, code, ...messages] of cases) {
    test(what, async () => {
      const hospital = await twoRegistrations();
      for (const message of messages) await hospital.send(message, { link: "pas" });
      const held = (await hospital.all<LinkMessage>("LinkMessage")).filter(({ state }) => state === "held");
      assert.deepEqual(
        held.map(({ reasons }) => reasons[0]?.code),
        [code],
      );
    });
  }
});

describe("Parting two patients again (A37)", () => {
  test("gives each their own back, and lists what came after", async () => {
    const hospital = await merged();
    await hospital.send(anOruR01({ controlId: "R-3", filler: "26U3", placer: "P3", obx: [potassium], ...asSecond }));
    assert.equal((await hospital.send(aParting([mrsOsei.hospitalNumber, "H9"]), { link: "pas" })).code, "AA");
    await hospital.settle();
    const [kept, ceased] = [await hospital.patientOf(mrsOsei.hospitalNumber), await hospital.patientOf("H9")];
    assert.deepEqual([kept.link, ceased.link, ceased.active], [undefined, undefined, undefined]);
    assert.equal(
      kept.identifier?.some(({ value }) => value === "H9"),
      false,
    );
    assert.equal((await hospital.under("H9", "Observation")).length, 1);
    assert.equal((await hospital.under(mrsOsei.hospitalNumber, "Observation")).length, 2, "one came after, and stays");
    const [merge] = await hospital.merges();
    assert.equal(merge?.state, "undone");
    const came = merge?.undo?.review
      .filter(({ why }) => why === "came-after")
      .map(({ reference }) => reference.split("/")[0]);
    assert.ok(came?.includes("Observation"));
  });

  test("leaves no trace in what went back, but in its history", async () => {
    const hospital = await twoRegistrations();
    const content = async () =>
      (await hospital.all<{ id: string; meta: unknown }>("Observation")).map(({ meta: _, ...rest }) => rest);
    const before = await content();
    await hospital.send(aMerge(), { link: "pas" });
    assert.notDeepEqual(await content(), before);
    await hospital.send(aParting(["H9", mrsOsei.hospitalNumber]), { link: "pas" });
    await hospital.settle();
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    assert.deepEqual((await content()).sort(byId), before.toSorted(byId));
  });

  test("of two who were never merged is held", async () => {
    const hospital = await twoRegistrations();
    assert.equal((await hospital.send(aParting([mrsOsei.hospitalNumber, "H9"]), { link: "pas" })).code, "AE");
  });
});
