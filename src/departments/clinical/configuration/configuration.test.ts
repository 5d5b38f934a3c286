/** What files of links may say, and what is said of those that are wrong. Issue: pathology links, configuration. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hospitalTime, type Json } from "#kernel";
import { anOruR01, potassium } from "../../../../test/builders/index.ts";
import type { ConfigurationFile } from "../api/configuration.ts";
import type { Abilities } from "./abilities.ts";
import { type CheckNeeds, checkConfiguration } from "./check-configuration.ts";
import { readConfigurationWhole } from "./configuration.ts";

const abilities: Abilities = {
  intakes: ["mllp", "folder"],
  outlets: ["mllp", "http"],
  contents: ["uk-pathology-document"],
  layers: ["uk"],
  codeTables: true,
  honours: ["acknowledge", "contract", "record", "routes", "intake.tls"],
  host: "127.0.0.1",
  takenPorts: [{ port: 8080, by: "CORRIDOR_HTTP_PORT" }],
};

const needs: CheckNeeds = {
  abilities,
  isReadable: async (path) => path === "/etc/corridor/there.pem",
  offsetMinutesAt: hospitalTime("Europe/London").offsetMinutesAt,
};

const link = { title: "Laboratory", intake: { by: "mllp", port: 2575 } };
const gp = { title: "GP", outlet: { by: "mllp", host: "gp.example", port: 6661 } };

function json(path: string, value: Json): ConfigurationFile {
  return { path, json: value };
}

async function problemsOf(...files: readonly ConfigurationFile[]): Promise<readonly string[]> {
  return (await checkConfiguration(files, needs)).problems.map(({ message }) => message);
}

describe("a configuration of links", () => {
  it("needs little, and the rest has defaults", () => {
    const read = readConfigurationWhole([json("links/lab.json", link), json("destinations/gp.json", gp)]);
    assert.ok(read.ok);
    const [lab] = read.value.links;
    assert.deepEqual([lab?.name, lab?.acknowledge.mode, lab?.acknowledge.after], ["lab", "by-message", "recorded"]);
    const [destination] = read.value.destinations;
    assert.deepEqual(destination?.retry, { steps: [{ afterSeconds: 600, times: 6 }], refused: "park" });
  });

  it("watches for silence where a link says nothing, and for nothing where it says so", () => {
    const watchOf = (settings: Json) => {
      const read = readConfigurationWhole([json("links/lab.json", settings)]);
      return read.ok ? read.value.links[0]?.watch : read.problems;
    };
    const silence = { silence: true, resultWithinHours: {}, sequence: false, unordered: false };
    assert.deepEqual(watchOf(link), silence);
    assert.equal(watchOf({ ...link, watch: false }), false);
    assert.deepEqual(watchOf({ ...link, watch: {} }), { ...silence, unordered: true });
  });

  const rows: readonly (readonly [what: string, file: ConfigurationFile, says: string])[] = [
    [
      "a port that is none",
      json("links/lab.json", { ...link, intake: { by: "mllp", port: "x" } }),
      "links/lab.json: intake.port: give a whole number from 0 to 65535.",
    ],
    [
      "no way in",
      json("links/lab.json", { title: "L" }),
      'links/lab.json: intake: give how messages come in, with "by": mllp, http, folder, sftp, record or simulator.',
    ],
    [
      "a name that is not the file's",
      json("links/lab.json", { ...link, name: "gp" }),
      "links/lab.json: name: leave it out, or give that of the file, lab.",
    ],
    [
      "a destination that is not there",
      json("links/lab.json", { ...link, routes: [{ name: "all", to: ["gp"] }] }),
      "links/lab.json: routes[0].to[0]: there is no destination gp: add destinations/gp.json.",
    ],
    [
      "a layer that is not there",
      json("links/lab.json", { ...link, mappingLayers: ["uk", "trust"] }),
      "links/lab.json: mappingLayers[1]: there is no layer trust: add mappings/trust.json.",
    ],
    [
      "a layer of a row that is not there",
      json("mappings/trust.json", { rows: [{ off: "PID[Patient]#999", because: "a slip" }] }),
      "mappings/trust.json: rows[0]: there is no row PID[Patient]#999.",
    ],
    [
      "a layer whose row cannot be run",
      json("mappings/trust.json", {
        rows: [{ add: "PID[Patient]", row: { from: "PID-8", to: "genders" }, because: "a slip" }],
      }),
      "mappings/trust.json: rows[0]: it cannot be run, as R4 has no element genders in Patient.",
    ],
    [
      "a layer without a reason",
      json("mappings/trust.json", { rows: [{ off: "PID[Patient]#24" }] }),
      "mappings/trust.json: rows[0].because: give why, in a few words.",
    ],
    [
      "a port of Corridor's own",
      json("links/lab.json", { ...link, intake: { by: "mllp", port: 8080 } }),
      "links/lab.json: intake.port: 8080 is used by the setting CORRIDOR_HTTP_PORT: give another.",
    ],
    [
      "a certificate that cannot be read",
      json("links/lab.json", {
        ...link,
        intake: { ...link.intake, tls: { certificate: "/etc/corridor/there.pem", key: "/etc/corridor/gone.pem" } },
      }),
      "links/lab.json: intake.tls.key: /etc/corridor/gone.pem cannot be read: put it there.",
    ],
    [
      "what this Corridor does not do",
      json("links/lab.json", { ...link, watch: {} }),
      "links/lab.json: watch: this Corridor cannot do this: take it out.",
    ],
    [
      "sequence numbers on a link that has no connections",
      json("links/lab.json", { ...link, intake: { by: "folder", path: "/drop" }, acknowledge: { sequence: true } }),
      "links/lab.json: acknowledge.sequence: only a link that takes messages by mllp has this: take it out.",
    ],
    [
      "interchanges over MLLP",
      json("links/lab.json", { ...link, format: "edifact" }),
      "links/lab.json: format: edifact comes by folder, sftp or http: take it out.",
    ],
    [
      "a format that is none",
      json("links/lab.json", { ...link, format: "csv" }),
      "links/lab.json: format: give hl7v2, edifact or fhir.",
    ],
    [
      "a document for a partner who takes HL7 v2",
      json("destinations/gp.json", {
        title: "GP",
        outlet: { by: "mllp", host: "gp.example", port: 2575 },
        content: "uk-pathology-document",
      }),
      "destinations/gp.json: content: uk-pathology-document goes out by http, folder or sftp: give another outlet.",
    ],
    [
      "a gate that may not be loosened",
      json("links/lab.json", { ...link, gates: { "identity-conflict": "accept" } }),
      "links/lab.json: gates.identity-conflict: give hold.",
    ],
    [
      "a secret in a header",
      json("destinations/gp.json", {
        title: "GP",
        outlet: { by: "http", url: "https://gp.example", headers: { Authorization: "Bearer x" } },
      }),
      "",
    ],
  ];
  for (const [what, file, says] of rows) {
    it(`is refused with ${what}`, async () => {
      const problems = await problemsOf(file);
      assert.equal(problems.length, 1, problems.join("\n"));
      if (says !== "") assert.equal(problems[0], says);
      else assert.doesNotMatch(problems[0] ?? "", /Bearer/);
    });
  }

  it("has tables of codes that take effect, and say one thing of each code", async () => {
    const table = { title: "Tests", sender: "PATHLAB|MEADOWLAB", from: "L", to: "http://loinc.org" };
    const rows = [{ from: "K", to: "2823-3" }];
    const problems = await problemsOf(
      json("codes/a.json", { ...table, rows }),
      json("codes/b.json", { ...table, rows }),
      json("codes/c.json", { ...table, sender: "OTHER|LAB", rows }),
      json("codes/d.json", { ...table, from: "LN", rows: [] }),
      json("codes/e.json", { ...table, from: "units", rows: [] }),
      json("codes/f.json", {
        ...table,
        from: "units",
        to: "http://unitsofmeasure.org",
        rows: [{ from: "g/l", to: "g//l" }],
      }),
    );
    assert.deepEqual(problems, [
      "codes/b.json: rows[0].from: codes/a.json, rows[0] says what K means: take out one of the two.",
      "codes/d.json: from: codes of LN are known to others: give the sender's own, such as L.",
      "codes/e.json: to: units are mapped to those of UCUM: give http://unitsofmeasure.org.",
      "codes/f.json: rows[0].to: g//l is no unit of UCUM: give one.",
    ]);
  });

  it("has one listener on a port", async () => {
    const problems = await problemsOf(json("links/a.json", link), json("links/b.json", link));
    assert.deepEqual(problems, ["links/b.json: intake.port: 2575 is used by the link a: give another."]);
  });

  it("tells of every file that is wrong", async () => {
    const problems = await problemsOf(json("links/a.json", {}), json("links/b.json", []), json("notes/c.json", {}));
    assert.deepEqual(
      new Set(problems.map((each) => each.split(":")[0])),
      new Set(["links/a.json", "links/b.json", "notes/c.json"]),
    );
  });
});

describe("a golden message", () => {
  const route = { name: "chemistry", when: { fields: { "OBR-24": ["CH"] } }, to: ["gp"] };
  const lab = { ...link, contract: { types: ["ORU^R01"] }, routes: [route] };
  const message = { path: "golden/lab/ue.hl7", base64: Buffer.from(anOruR01()).toString("base64") };
  const files = [json("links/lab.json", lab), json("destinations/gp.json", gp), message];

  it("without what it must give is a problem, and says what it gives", async () => {
    const { problems, golden } = await checkConfiguration(files, needs);
    assert.equal(problems[0]?.where, "golden/lab/ue.expected.json");
    const { outcome, destinations, resources } = golden[0]?.actual ?? {};
    assert.deepEqual([outcome, destinations], ["mapped", ["gp"]]);
    assert.ok(
      Array.isArray(resources) &&
        resources.some((each) => (each as { resourceType: string }).resourceType === "Observation"),
    );
  });

  it("that gives what it must is right, and one that gives something else is told with the place", async () => {
    const [now] = (await checkConfiguration(files, needs)).golden;
    assert.ok(now);
    const expected = json(now.expectedPath, now.actual);
    assert.deepEqual(await problemsOf(...files, expected), []);
    const other = json(now.expectedPath, { ...now.actual, destinations: ["hospital"] });
    assert.match((await problemsOf(...files, other))[0] ?? "", /gives something else at destinations\[0\];/);
  });

  it("is coded by the tables beside it", async () => {
    const code = { test: "K^Serum potassium^L", value: "4.0", units: "mmol/L" };
    const own = { ...message, base64: Buffer.from(anOruR01({ obx: [{ ...potassium, ...code }] })).toString("base64") };
    const rows = [{ from: "K", to: "2823-3" }];
    const table = json("codes/lab.json", {
      ...{ title: "Tests", sender: "PATHLAB|MEADOWLAB", from: "L", to: "http://loinc.org" },
      rows,
    });
    const { golden } = await checkConfiguration([...files.slice(0, 2), own, table], needs);
    assert.match(JSON.stringify(golden[0]?.actual.resources), /"system":"http:\/\/loinc.org","code":"2823-3"/);
  });

  it("outside the contract is held with the reason", async () => {
    const contract = { types: ["ADT"] };
    const { golden } = await checkConfiguration(
      [json("links/lab.json", { ...lab, contract }), ...files.slice(1)],
      needs,
    );
    assert.deepEqual(
      [golden[0]?.actual.outcome, golden[0]?.actual.reasons],
      ["held", [{ code: "type-not-agreed", where: "MSH-9" }]],
    );
  });
});
