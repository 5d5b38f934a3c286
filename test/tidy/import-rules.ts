import { posix } from "node:path";
import { type Import, moduleOf, type SourceFile } from "./source-file.ts";

/** Which modules a module may import; `x/*` stands for every module below x. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  "standards/fhir": ["kernel"],
  "standards/fhirpath": ["kernel", "standards/fhir", "standards/ucum"],
  "standards/fhir-graphql": ["kernel", "standards/fhir", "standards/fhirpath"],
  "standards/fhir-patch": ["kernel", "standards/fhir", "standards/fhirpath"],
  "standards/fhir-xml": ["kernel", "standards/fhir", "standards/xml"],
  "standards/dicom": ["kernel", "standards/xml"],
  "standards/fhir-profiles": ["kernel", "standards/fhir", "standards/fhirpath", "standards/ecl"],
  "standards/sql-on-fhir": ["kernel", "standards/fhir", "standards/fhirpath"],
  "standards/cql": ["kernel", "standards/fhir", "standards/fhirpath", "standards/ucum"],
  "standards/v2-to-fhir": ["kernel", "standards/fhir", "standards/hl7v2"],
  "standards/deidentification": [
    "kernel",
    "standards/dicom",
    "standards/fhir",
    "standards/fhirpath",
    "standards/hl7v2",
  ],
  "standards/dicomdir": ["kernel", "standards/dicom"],
  "standards/dimse": ["kernel", "standards/dicom"],
  "standards/phantoms": ["kernel", "standards/dicom"],
  "standards/dicomweb": ["kernel", "standards/dicom"],
  "standards/pixels": ["kernel", "standards/dicom"],
  "standards/*": ["kernel"],
  record: [
    "kernel",
    "standards/fhir",
    "standards/fhir-graphql",
    "standards/fhir-patch",
    "standards/fhir-profiles",
    "standards/fhir-xml",
    "standards/fhirpath",
    "standards/ucum",
    "standards/zip",
  ],
  terminology: ["kernel", "standards/*", "record"],
  imaging: ["kernel", "standards/*", "record"],
  audit: ["kernel", "standards/*", "record"],
  access: ["kernel", "standards/fhir", "record", "imaging", "audit"],
  "departments/*": ["kernel", "standards/*", "record", "terminology", "imaging", "audit", "access"],
  "links/*": ["kernel", "standards/*", "links/addresses", "links/tls"],
  "storage/*": [
    "kernel",
    "standards/dicom",
    "standards/fhir",
    "standards/terminology",
    "standards/xml",
    "record",
    "terminology",
    "imaging",
    "audit",
  ],
  app: ["*"],
  // Besides these, the `api.ts` of a department and of `access`.
  web: ["kernel", "standards/*"],
  test: ["*"],
  bench: ["*"],
  tools: ["*"],
};

/** Packages a module may import. Those used by tests and tools alone are not listed: see `packagesForTests`. */
const mayImportPackages: Readonly<Record<string, readonly string[]>> = {
  access: ["@node-rs/argon2", "@simplewebauthn/server", "jose", "oidc-provider", "openid-client", "zod"],
  "departments/*": ["zod"],
  "departments/information": ["pdfkit", "zod"],
  "links/files": ["ssh2"],
  "links/http": ["fastify", "@fastify/static"],
  "storage/postgres": ["postgres"],
  "storage/s3": ["aws4fetch"],
  app: [
    "@cornerstonejs/codec-charls",
    "@cornerstonejs/codec-libjpeg-turbo-8bit",
    "@cornerstonejs/codec-openjpeg",
    "@cornerstonejs/codec-openjph",
    "age-encryption",
    "dcmjs-codecs",
    "pino",
    "prom-client",
    "sharp",
    "vite",
    "zod",
  ],
  web: [
    "@cornerstonejs/core",
    "@cornerstonejs/dicom-image-loader",
    "@cornerstonejs/tools",
    "@mantine/core",
    "@mantine/hooks",
    "@simplewebauthn/browser",
    "@tanstack/react-query",
    "@tanstack/react-router",
    "@vitejs/plugin-react",
    "echarts",
    "react",
    "react-dom",
    "uqr",
    "vite",
    "zod",
  ],
};

const packagesForTests = [
  "aws4fetch",
  "jose",
  "oidc-provider",
  "axe-core",
  "dicomweb-client",
  "fast-check",
  "node-hl7-client",
  "playwright-core",
  "postgres",
  "simple-hl7",
  "vite",
];

/** Node's modules that need nothing from outside the process; any other is for links, storage and app. */
const pureNodeModules = ["assert", "buffer", "crypto", "events", "stream", "url", "util", "zlib"];

/** Front doors of web: schemas and types shared with the browser. */
const apiDoor = /^#(departments\/[^/]+|access)\/api$/;

/** The module a front door opens, or undefined when the specifier is not a front door. */
function moduleBehind(specifier: string): string | undefined {
  if (!specifier.startsWith("#")) return undefined;
  return specifier.slice(1).replace(/\/api$/, "");
}

/** What is wrong with the imports of a file, a line each. */
export function importFaults(file: SourceFile): readonly string[] {
  return file.imports.flatMap((found) => {
    const fault = faultOf(file, found);
    return fault === undefined ? [] : [`${file.at(found.offset)} ${fault}`];
  });
}

function faultOf(file: SourceFile, { specifier }: Import): string | undefined {
  if (specifier.startsWith(".")) return relativeFault(file, specifier);
  if (specifier.startsWith("#")) return doorFault(file, specifier);
  if (specifier.startsWith("node:")) return nodeFault(file, specifier.slice("node:".length));
  return packageFault(file, packageName(specifier));
}

function relativeFault(file: SourceFile, specifier: string): string | undefined {
  const path = posix.join(posix.dirname(file.path), specifier.replace(/\?.*$/, ""));
  const target = moduleOf(path);
  if (target === file.module || privateDoors.some(([from, to]) => file.path.startsWith(from) && path === to)) {
    return undefined;
  }
  if (outside.includes(target) && file.role !== "code") return undefined;
  return `imports ${specifier}, which is inside ${target}: use its front door`;
}

/** What is not the program shares its makings: a trial sends what a benchmark sends. */
const outside = ["test", "bench", "tools"];

/** The tidy test reads the settings; tests and benchmarks compose parts of the program by themselves. */
const privateDoors: readonly (readonly [string, string])[] = [
  ["test/tidy", "src/app/config.ts"],
  ["test/journeys/safeguards.test.ts", "src/app/config.ts"],
  ["test/command.ts", "src/app/cli/run.ts"],
  ["test/", "src/app/pixels/pixel-engine.ts"],
  ["bench/", "src/app/pixels/pixel-engine.ts"],
  ["bench/", "src/app/clock.ts"],
  ["bench/", "src/app/ids.ts"],
  ["test/", "src/app/clock.ts"],
  ["test/", "src/app/ids.ts"],
];

function doorFault(file: SourceFile, specifier: string): string | undefined {
  const target = moduleBehind(specifier) ?? "";
  if (target === file.module) return `imports itself by its front door ${specifier}: use a relative path`;
  if (file.role !== "code") return undefined;
  if (file.module === "web" && apiDoor.test(specifier)) return undefined;
  if (allowed(mayImport, file.module, target)) return undefined;
  return `imports ${specifier}: ${file.module} may import ${listed(mayImport, file.module).join(", ") || "nothing"}`;
}

function nodeFault(file: SourceFile, name: string): string | undefined {
  const [area] = file.module.split("/");
  if (file.role !== "code" || ["links", "storage", "app"].includes(area ?? "")) return undefined;
  if (["kernel", "standards", "web"].includes(area ?? "")) {
    return isViteConfig(file) ? undefined : `imports node:${name}: ${file.module} also runs in a browser`;
  }
  if (pureNodeModules.includes(name)) return undefined;
  return `imports node:${name}: only links, storage and app reach outside the process`;
}

function isViteConfig(file: SourceFile): boolean {
  return file.path === "web/vite.config.ts";
}

function packageFault(file: SourceFile, name: string): string | undefined {
  if (file.role === "tool") return undefined;
  if (file.role === "test" && packagesForTests.includes(name)) return undefined;
  if (allowed(mayImportPackages, file.module, name)) return undefined;
  return `imports the package ${name}: ${file.module} may use ${listed(mayImportPackages, file.module).join(", ") || "none"}`;
}

/** `@mantine/core/styles.css` is of the package `@mantine/core`. */
export function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function allowed(table: Readonly<Record<string, readonly string[]>>, module: string, target: string): boolean {
  const [area] = target.split("/");
  return listed(table, module).some((entry) => entry === "*" || entry === target || entry === `${area}/*`);
}

function listed(table: Readonly<Record<string, readonly string[]>>, module: string): readonly string[] {
  const [area] = module.split("/");
  return table[module] ?? table[`${area}/*`] ?? [];
}
