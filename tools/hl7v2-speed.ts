/** How fast a result of 2 kB with 10 OBX is read, on one core: `node tools/hl7v2-speed.ts`. */
import { leaves, readMessage, segmentsNamed } from "#standards/hl7v2";
import { anOruR01, type Obx } from "../test/builders/index.ts";

const obx: Obx = {
  test: "718-7^Haemoglobin [Mass/volume] in Blood^LN^HB^Haemoglobin^L",
  value: "138",
  units: "g/L^gram per litre^UCUM",
  range: "130 - 180",
  fields: { 14: "20261123090000+0000", 16: "0042^Analyser^Line 1", 18: "AU5800^Chemistry^L" },
};
const wire = new TextEncoder().encode(
  anOruR01({ obx: Array.from({ length: 10 }, () => obx), charset: "UNICODE UTF-8", version: "2.5.1" }),
);

function readValues(): number {
  const observations = segmentsNamed(readMessage(wire), "OBX");
  const fields = [3, 5, 6, 7, 8, 11];
  return observations.flatMap((found) => fields.map((field) => found.field(field).component(1).text)).length;
}

const cases: readonly (readonly [name: string, work: () => number])[] = [
  ["bytes to message", () => readMessage(wire).segments.length],
  ["bytes to message, and 60 values of it", readValues],
  ["bytes to message, and all its values", () => Array.from(leaves(readMessage(wire)), ({ text }) => text).length],
];

console.log(`${wire.length} bytes, ${[...leaves(readMessage(wire))].length} values`);
for (const [name, work] of cases) {
  const count = 20_000;
  let sum = 0;
  for (let warming = 0; warming < 5_000; warming += 1) sum += work();
  const start = process.cpuUsage().user;
  for (let round = 0; round < count; round += 1) sum += work();
  const seconds = (process.cpuUsage().user - start) / 1e6;
  console.log(
    `${name}: ${Math.round(count / seconds)} messages/s of processor time (${sum > 0 ? "done" : "nothing read"})`,
  );
}
