/**
 * How fast resources are validated on one thread, by processor time: every invariant of R4, references, extensions, and the
 * vital signs profiles; no terminology service. Run: `node tools/fhir-validation-speed.ts [bundles]`
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { instant } from "#kernel";
import { checkResource } from "#standards/fhir";
import { openValidator } from "#standards/fhir-profiles";
import { testData } from "../test/data.ts";

interface Bundle {
  readonly entry: readonly { readonly resource: { readonly resourceType: string } }[];
}

const bundlesDefault = 12;
const rounds = 8;

/** Microseconds of processor time a resource, after two rounds to warm up. */
function costOf(resources: readonly unknown[], work: (resource: unknown) => void): number {
  for (let round = 0; round < 2; round += 1) resources.forEach(work);
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) resources.forEach(work);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / rounds / resources.length;
}

/** The middle of what single resources take, in microseconds by the clock. */
function medianOf(resources: readonly unknown[], work: (resource: unknown) => void): number {
  const times = resources.map((resource) => {
    const start = process.hrtime.bigint();
    work(resource);
    return Number(process.hrtime.bigint() - start) / 1_000;
  });
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function main(bundles: number): void {
  const data = testData("synthea");
  if (data.skip !== false) throw new Error(data.skip);
  const texts = readdirSync(data.path)
    .sort()
    .slice(0, bundles)
    .map((file) => gunzipSync(readFileSync(join(data.path, file))).toString());
  const resources = texts.flatMap((text) => (JSON.parse(text) as Bundle).entry.map(({ resource }) => resource));
  const validator = openValidator();
  const now = instant(Date.parse("2026-11-23T09:30:00Z"));
  const validate = (resource: unknown): void => void validator.validate(resource, { now });
  const lines = resources.map((resource) => JSON.stringify(resource));
  const parse = costOf(lines, (line) => void JSON.parse(line as string));
  const structure = costOf(resources, (resource) => void checkResource(resource));
  const whole = costOf(resources, validate);
  for (const [name, cost] of Object.entries({ "JSON.parse": parse, "structure check": structure, validation: whole }))
    console.log(`${name}: ${cost.toFixed(1)} µs a resource, ${Math.round(1e6 / cost)}/s`);
  console.log(
    `validation, median of one: ${medianOf(resources, validate).toFixed(1)} µs; ${resources.length} resources`,
  );
}

main(Number(process.argv[2] ?? bundlesDefault));
