import { isLimitCommented } from "./limit-comments.ts";
import type { SourceFile } from "./source-file.ts";
import { dottedName, isFunction, type Node } from "./syntax.ts";

/** What only the outer modules may touch: time, chance, the environment and the terminal arrive as arguments inside. */
const bannedNames: Readonly<Record<string, string>> = {
  "Date.now": "take a Clock",
  "Math.random": "take Ids",
  "process.env": "take what you need from Config as an argument",
  console: "take a Log",
};

/** Modules that may, by banned name. A browser has its own clock and chance. */
const exempt: Readonly<Record<string, readonly string[]>> = {
  "Date.now": ["app", "links", "storage", "web"],
  "new Date()": ["app", "links", "storage", "web"],
  "Math.random": ["app", "links", "storage"],
  "process.env": [],
  console: ["app", "links", "storage"],
};

/** Hands the environment on to the one reader of settings. */
const environmentDoor = "src/app/cli/main.ts";

export function bannedGlobalFaults(file: SourceFile): readonly string[] {
  if (file.role !== "code") return [];
  const [area = ""] = file.module.split("/");
  return file.nodes.flatMap((node) => {
    const name = bannedUse(node);
    if (name === undefined || exempt[name]?.includes(area) === true) return [];
    if (name === "process.env" && file.path === environmentDoor) return [];
    return [`${file.at(node.start)} uses ${name}: ${bannedNames[name] ?? "take a Clock"}`];
  });
}

function bannedUse(node: Node): string | undefined {
  if (node.type === "NewExpression" && dottedName(node.callee as Node) === "Date") {
    return (node.arguments as readonly Node[]).length === 0 ? "new Date()" : undefined;
  }
  if (node.type === "MemberExpression") {
    const name = dottedName(node);
    if (name !== undefined && name in bannedNames) return name;
    return dottedName(node.object as Node) === "console" ? "console" : undefined;
  }
  return undefined;
}

const forbiddenSyntax: Readonly<Record<string, string>> = {
  ExportDefaultDeclaration: "has a default export: export a name",
  TSAnyKeyword: "uses any: use unknown, or say what it is",
  TSEnumDeclaration: "declares an enum: use a union of literals",
};

/** The Vite configuration is the one file whose reader insists on a default export. */
export function syntaxFaults(file: SourceFile): readonly string[] {
  return file.nodes.flatMap((node) => {
    const fault = forbiddenSyntax[node.type];
    if (fault === undefined || file.path === "web/vite.config.ts") return [];
    return [`${file.at(node.start)} ${fault}`];
  });
}

export interface FunctionLength {
  readonly where: string;
  readonly name: string;
  readonly lines: number;
}

/** Every function with its length in lines; in tests, the functions given to `test`, `describe` and the like are left out. */
export function functionLengths(file: SourceFile): readonly FunctionLength[] {
  return file.nodes
    .filter((node) => isFunction(node) && !(file.role === "test" && isTestBody(node)))
    .map((node) => ({
      where: file.at(node.start),
      name: nameOf(node),
      lines: file.lineAt(node.end - 1) - file.lineAt(node.start) + 1,
    }));
}

function isTestBody(node: Node): boolean {
  if (node.parent?.type !== "CallExpression") return false;
  const name = dottedName(node.parent.callee as Node) ?? "";
  return /^(test|it|describe|suite|before|after|beforeEach|afterEach|t)\b/.test(name);
}

function nameOf(node: Node): string {
  const named = (node.id ?? node.parent?.id ?? node.parent?.key) as Node | null | undefined;
  return typeof named?.name === "string" ? named.name : "a function";
}

/** Object literals that look like a route and do not say who may use it. */
export function routeFaults(file: SourceFile): readonly string[] {
  if (file.role !== "code") return [];
  return file.nodes.flatMap((node) => {
    if (node.type !== "ObjectExpression") return [];
    const keys = new Map(
      (node.properties as readonly Node[]).map((property) => [
        (property.key as Node | undefined)?.name,
        property.value as Node,
      ]),
    );
    if (!keys.has("method") || !keys.has("path") || !keys.has("handle")) return [];
    const policy = keys.get("policy");
    return policy === undefined || policy.value === "" ? [`${file.at(node.start)} is a route without a policy`] : [];
  });
}

/** Properties of the table of limits without a comment that explains them. */
export function limitFaults(file: SourceFile): readonly string[] {
  const table = file.nodes.find(
    (node) => node.type === "VariableDeclarator" && /^(link)?limits$/i.test(String((node.id as Node).name)),
  );
  const object = file.nodes.find(
    (node) =>
      node.type === "ObjectExpression" && table !== undefined && node.start > table.start && node.end <= table.end,
  );
  return ((object?.properties ?? []) as readonly Node[])
    .filter((property) => property.type !== "SpreadElement" && !isLimitCommented(file.text, property))
    .map((property) => `${file.at(property.start)} has no comment saying its unit and what happens at the limit`);
}
