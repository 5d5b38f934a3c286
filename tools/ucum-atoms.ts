/**
 * Makes `src/standards/ucum/generated/atoms.json` from the table of units that the UCUM organisation publishes:
 * `node tools/ucum-atoms.ts path/to/ucum-essence.xml`. Of each unit the bare facts are kept: its code, whether it takes
 * prefixes, and what it is in other units. Source: ucum-essence.xml (https://ucum.org), see `docs/dependencies.md`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const target = join(import.meta.dirname, "../src/standards/ucum/generated/atoms.json");

type Attributes = Readonly<Record<string, string>>;

function attributesOf(tag: string): Attributes {
  const pairs = [...tag.matchAll(/([\w:-]+)\s*=\s*"([^"]*)"/g)].map(([, name = "", value = ""]) => [
    name,
    unescaped(value),
  ]);
  return Object.fromEntries(pairs);
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** `code: [flags, value, unit, function]`; flags are `m` takes prefixes, `a` arbitrary, `s` special. */
function unitRow(head: Attributes, body: string): readonly string[] {
  const value = attributesOf(/<value\b[^>]*>/.exec(body)?.[0] ?? "");
  const special = /<function\b[^>]*>/.exec(body)?.[0];
  const flags = [head.isMetric === "yes" && "m", head.isArbitrary === "yes" && "a", special !== undefined && "s"];
  const name = flags.filter((flag) => flag !== false).join("");
  if (special === undefined) return [name, value.value ?? "", value.Unit ?? ""];
  const inner = attributesOf(special);
  return [name, inner.value ?? "", inner.Unit ?? "", inner.name ?? ""];
}

function tablesOf(xml: string) {
  const blocks = (tag: string) =>
    [...xml.matchAll(new RegExp(`<${tag}\\b([^>]*)>(.*?)</${tag}>`, "gs"))].map(
      ([, head = "", body = ""]) => [attributesOf(head), body] as const,
    );
  return {
    prefixes: Object.fromEntries(
      blocks("prefix").map(([head, body]) => [
        head.Code ?? "",
        attributesOf(/<value\b[^>]*>/.exec(body)?.[0] ?? "").value ?? "",
      ]),
    ),
    base: blocks("base-unit").map(([head]) => head.Code ?? ""),
    units: Object.fromEntries(blocks("unit").map(([head, body]) => [head.Code ?? "", unitRow(head, body)])),
  };
}

function tableText(xml: string): string {
  const root = attributesOf(/<root\b[^>]*>/.exec(xml)?.[0] ?? "");
  const { prefixes, base, units } = tablesOf(xml);
  const lines = Object.entries(units).map(([code, row]) => `${JSON.stringify(code)}: ${JSON.stringify(row)}`);
  return `{
"madeBy": "node tools/ucum-atoms.ts, from ucum-essence.xml ${root.version} of ${root["revision-date"]}",
"notice": "Facts of the Unified Code for Units of Measure, copyright 1999-2024 Regenstrief Institute, Inc. UCUM License 1.1: https://unitsofmeasure.org/license",
"version": ${JSON.stringify(root.version)},
"prefixes": ${JSON.stringify(prefixes)},
"base": ${JSON.stringify(base)},
"units": {
${lines.join(",\n")}
}
}
`;
}

if (import.meta.main) {
  const [path] = process.argv.slice(2);
  if (path === undefined) throw new Error("Name ucum-essence.xml: node tools/ucum-atoms.ts FILE");
  writeFileSync(target, tableText(readFileSync(path, "utf8")));
}
